extension Requirements {
    /// What HTTP demands of a tracker, as far as cases look at it: RFC 9110 and RFC 9112. They are not taken over whole,
    /// since a tracker commonly rests on a server library; these are the rules whose breach a client of a tracker would
    /// notice, or a stranger use.
    static let http = """
        § RFC 9110 | 5.1
        RFC9110-5.1-01 | FACT | tracker | tracker | active-tracker | -
        = Field names are case-insensitive.
        ! a request with CONTENT-LENGTH is misread

        § RFC 9110 | 5.4
        RFC9110-5.4-01 | MUST | tracker | tracker | active-tracker | -
        = A server that receives header fields larger than it wishes to process responds with a 4xx status.
        ! 500, or the process ends, or memory grows without bound

        § RFC 9110 | 5.5
        RFC9110-5.5-01 | MUST NOT | tracker | tracker | active-tracker | security
        = Field values that are sent hold no CR, LF or NUL.
        ! a parameter makes header fields

        § RFC 9110 | 6.6.1
        RFC9110-6.6.1-01 | MUST | tracker | tracker | active-tracker | cosmetic
        = An origin server with a clock generates a Date field in all 2xx, 3xx and 4xx responses.
        ! no Date

        § RFC 9110 | 7.8
        RFC9110-7.8-01 | MAY | tracker | tracker | active-tracker | -
        = A server may ignore a received Upgrade field and go on with the protocol of the connection.
        ! the request, or the next one on the connection, is neither answered nor is the connection closed

        § RFC 9110 | 8.6
        RFC9110-8.6-01 | MUST NOT | tracker | tracker | active-tracker | -
        = Content-Length in a response to HEAD equals what the response to GET would have had.
        ! another number

        § RFC 9110 | 9.1
        RFC9110-9.1-01 | SHOULD | tracker | tracker | active-tracker | -
        = An unrecognized method is answered with 501, one that is not allowed with 405.
        ! 200, 500 or no answer

        § RFC 9110 | 9.3.2
        RFC9110-9.3.2-01 | MUST NOT | tracker | tracker | active-tracker | interop-fatal
        = Content is not sent in the response to HEAD.
        ! content, which is taken for the next response

        § RFC 9110 | 10.1.1
        RFC9110-10.1.1-01 | MUST | tracker | tracker | active-tracker | degraded
        = A request with Expect 100-continue is answered with 100 or with a final status before its content comes.
        ! nothing, until the client gives up waiting

        § RFC 9112 | 2.2
        RFC9112-2.2-01 | MAY | tracker | tracker | active-tracker | -
        = A single LF may be recognized as a line terminator.
        ! 500 or no answer

        RFC9112-2.2-02 | SHOULD | tracker | tracker | active-tracker | -
        = A server ignores at least one empty line received before the request line.
        ! 400

        RFC9112-2.2-03 | MUST | tracker | tracker | active-tracker | interop-fatal
        = A message is parsed as a sequence of octets, however they are cut into segments.
        ! a request that comes in pieces is misread

        § RFC 9112 | 3
        RFC9112-3-01 | SHOULD | tracker | tracker | active-tracker | -
        = An invalid request line is answered with 400, or with a redirect.
        ! 200, 500, or the process ends

        RFC9112-3-02 | RECOMMENDED | tracker | tracker | active-tracker | -
        = Request lines of 8000 octets at minimum are supported.
        ! 414 for less

        § RFC 9112 | 3.2
        RFC9112-3.2-01 | MUST | tracker | tracker | active-tracker | -
        = A request of HTTP/1.1 without Host, or with more than one, is answered with 400.
        ! 200

        RFC9112-3.2-02 | MUST | tracker | tracker | active-tracker | -
        = A request with a Host field whose value is invalid is answered with 400.
        ! 200

        § RFC 9112 | 3.2.2
        RFC9112-3.2.2-01 | MUST | tracker | tracker | active-tracker | -
        = A server accepts the absolute form of the request target.
        ! 404

        § RFC 9112 | 4
        RFC9112-4-01 | MUST | tracker | tracker | active-tracker | interop-fatal
        = A status line has version, status code and, after a space, a reason that may be empty; field lines end with CRLF.
        ! another form

        § RFC 9112 | 5.1
        RFC9112-5.1-01 | MUST | tracker | tracker | active-tracker | security
        = A request with whitespace between a field name and its colon is rejected with 400.
        ! 200

        § RFC 9112 | 5.2
        RFC9112-5.2-01 | MUST | tracker | tracker | active-tracker | security
        = A request with a folded field line is rejected with 400, or the fold is replaced by spaces.
        ! 500

        § RFC 9112 | 6.1
        RFC9112-6.1-01 | MUST NOT | tracker | tracker | active-tracker | interop-fatal
        = Transfer-Encoding is not sent in response to HTTP/1.0.
        ! chunks that the client does not understand

        RFC9112-6.1-02 | MUST | tracker | tracker | active-tracker | security
        = After a request with both Content-Length and Transfer-Encoding the server closes the connection.
        ! it stays open, or the length counts

        § RFC 9112 | 6.3
        RFC9112-6.3-01 | MUST | tracker | tracker | active-tracker | security
        = A request whose length is invalid, in conflict, or hidden in a coding other than chunked is answered with 400, and
          the connection is closed.
        ! 200, or what follows is taken for a request

        RFC9112-6.3-03 | FACT | tracker | tracker | active-tracker | security
        = The length of a message body follows from Transfer-Encoding, Content-Length or the end of the connection.
        ! content is taken for a message, or a message for content

        § RFC 9112 | 7.1
        RFC9112-7.1-01 | MUST | tracker | tracker | active-tracker | interop-fatal
        = A recipient parses and decodes the chunked transfer coding.
        ! 411, or the content is lost

        § RFC 9112 | 8
        RFC9112-8-01 | MAY | tracker | tracker | active-tracker | -
        = An incomplete request may be answered with an error before the connection is closed.
        ! the process ends

        § RFC 9112 | 9.3
        RFC9112-9.3-01 | SHOULD | tracker | tracker | active-tracker | degraded
        = Persistent connections are supported.
        ! each connection carries one request

        § RFC 9112 | 9.3.2
        RFC9112-9.3.2-01 | MUST | tracker | tracker | active-tracker | interop-fatal
        = Pipelined requests are answered in the order in which they were received.
        ! another order, or none

        § RFC 9112 | 9.6
        RFC9112-9.6-01 | MUST | tracker | tracker | active-tracker | -
        = After the response to a request with the close option the server closes the connection.
        ! it stays open

        RFC9112-9.6-02 | FACT | tracker | tracker | active-tracker | -
        = A client may close its half of the connection after its request and still read the response.
        ! no response
        """
}
