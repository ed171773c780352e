extension String {
    /// The text as one word of a shell, in quotes if it needs any.
    public var quoted: String {
        let isPlain =
            !isEmpty && allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-+.,:/@%=[]".contains($0)) }
        return isPlain ? self : "'" + replacing("'", with: "'\\''") + "'"
    }

    /// The text, which names a file, as one word of a shell that no program takes for an option.
    public var quotedPath: String { (hasPrefix("-") ? "./" + self : self).quoted }
}
