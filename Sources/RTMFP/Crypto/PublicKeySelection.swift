/// Which public key an end takes part with in the key agreement, by its certificate and its keying component
/// (RFC 7425 §4.6.1).
extension KeyingComponent {
    /// The initiator's public key, in the group that the initiator selects with this component.
    ///
    /// The caller still has to know whether the responder can use that group, and whether the key is acceptable.
    ///
    /// - Parameter certificate: the initiator's.
    /// - Throws: `KeyingError.component` if the component does not fit the certificate (RFC 7425 §4.5.2.1, §4.5.2.3).
    public func initiatorKey(_ certificate: Certificate) throws(KeyingError) -> DiffieHellmanPublicKey {
        if certificate.staticKeys.isEmpty {
            guard groupSelect == nil else { throw .component("a group selection without static keys") }
            return try ephemeralKey(of: certificate)
        }
        guard ephemeralKey == nil else { throw .component("an ephemeral key beside static ones") }
        guard let group = groupSelect else { throw .component("no group selection") }
        guard let publicKey = certificate.staticKeys[group] else {
            throw .component("the selection of group \(group), which is not among the static keys")
        }
        return DiffieHellmanPublicKey(group: group, publicKey: publicKey)
    }

    /// The responder's public key in the group that the initiator selected.
    ///
    /// - Parameters:
    ///   - certificate: the responder's.
    ///   - group: the ID of the group.
    /// - Throws: `KeyingError.component` if the component does not fit the certificate (RFC 7425 §4.5.2.1) or the group.
    public func responderKey(_ certificate: Certificate, group: UInt64) throws(KeyingError) -> DiffieHellmanPublicKey {
        if certificate.staticKeys.isEmpty {
            let key = try ephemeralKey(of: certificate)
            guard key.group == group else {
                throw .component("an ephemeral key in group \(key.group) instead of \(group)")
            }
            return key
        }
        guard ephemeralKey == nil else { throw .component("an ephemeral key beside static ones") }
        guard let publicKey = certificate.staticKeys[group] else {
            throw .certificate("no static key in group \(group)")
        }
        return DiffieHellmanPublicKey(group: group, publicKey: publicKey)
    }

    private func ephemeralKey(of certificate: Certificate) throws(KeyingError) -> DiffieHellmanPublicKey {
        guard let key = ephemeralKey else { throw .component("no ephemeral key") }
        guard certificate.ephemeralGroups.contains(key.group) else {
            throw .component("an ephemeral key in group \(key.group), which the certificate does not offer")
        }
        return key
    }
}
