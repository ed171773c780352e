import RTMFP
import Testing

/// Sessions between two ends of the RFC author's own implementation, recorded in virtual time, with the exponents that
/// the ends used. All times, 10 ms one way, begin at 0, which is also the origin of both ends' clocks.
struct Transcript: CustomTestStringConvertible, Sendable {
    var testDescription: String
    /// Private exponents, by group, of the client's and the server's key pairs.
    var clientExponents: [DiffieHellmanGroup: String]
    var serverExponents: [DiffieHellmanGroup: String]
    /// The client's first two datagrams, at 0 and 20 ms, and the server's answers, 10 ms later.
    var hello: String
    var helloAnswer: String
    var keying: String
    var keyingAnswer: String
    /// What the server sent at 1010 ms.
    var acknowledgement: String
    /// What the client sent at 1325 ms, and the server's answer, 10 ms later.
    var close: String
    var closeAnswer: String
    /// The session sequence numbers of these two packets, if they have any.
    var closeNumbers: [UInt64]

    static let all = [
        Transcript(
            testDescription: "static to ephemeral, group 2",
            clientExponents: [
                .modp1024: "c6dfc9d7201815ff2c9437197c550a6c993793dad602ca67094cc648"
            ],
            serverExponents: [
                .modp1024: "3c907cae300581207f0af176bb5ddcd0fafa9e0794090153df83d61b"
            ],
            hello: "6e0d06d0a27560f1cc7866210bb897a4332934dfc2cc84c38cf44c0a456cabd904034f3d4c4b3307d93ca19b52e93c0f"
                + "ea8672f9",
            helloAnswer:
                "e14272641158e60af01a946ec392c500be80d080d0e9734711a46887dcf6f03eee0496053faeb67fff67a1cd28a381fe"
                + "eed367da78eb04dafdfd2526658ea5ad2607780d6d2875b50f2a89e0f4afb5fd9c5f0339f4863a0fbdded03a4c4d3f05"
                + "e09692cef2b68c4bf09aec174fe8ff80bf2450223435d060afebab3dde322faa2f8edcef66f5432534d8e4519c59f843"
                + "d4998bdf36f290dc204202155aaaceef97c758ef6d5731e7d6902c10d06ffd3e29254b6d",
            keying: "eb4777fd69ac237f82eb5482cc0f36979d9727381e73df2bde6cca158788432139f1d517a006b241c95290d2c8203204"
                + "dff7a59523444c584c1834b1f10d5f4766607b1cfa07f879d9a8c23decdb70ba762449549fea8f876f405f8c6be52504"
                + "38c711902bc701e784c12181e3d2ad7a5e191f43a20704c8b153b83747cf1533c3760138d000aa7560510e0bcf79067f"
                + "926734efca18e895360f18ab2bf8567357bbdfb5dbaa51c991bd62a3f2af0eaab2bc113eee9b6860a96cf5004536d815"
                + "e4bebbacd3099fbd79ea583721ce3c295d0e25aff152f73f209e90d9e17102ad419b1bd033e85e25c573ac2a78e461ee"
                + "b29d469a5704683666d1acce93432317fe1e015bbf137999083ef390619064783cd5bc6fad64292b55bc99c7ebb07fc5"
                + "529c8d8234b794afc0a6d52f69855c78739e72d9",
            keyingAnswer:
                "56b4023d26f0d2dd7244d0e001284c4698a079faada8ca82d5a6575406b5e99fb23de0dab61c3abf03bd7b13dd277337"
                + "f5bdc289363ee5e1a5cd636d7d9bf144701b8265f5cb3b158988a38de2b1ae20b2afa0a5527bc93440387f80e7fc24e4"
                + "f09141fcf429a6c4f8fe6fa869c6db11c4174bc96d07ef4225be8f797f7559e0a144f03c7af59f9ee5f3cf404417c174"
                + "e820c999c31fff99d8d0e6d19a38476e9cfde211",
            acknowledgement: "5f2dd3a7efa975fab284a65d013a7167f3497ac7",
            close: "aeb6826044d7eaf4e8616894fb537410b58305de",
            closeAnswer: "dc592bf79af87a5a44a151adb92459c152583660",
            closeNumbers: []
        ),
        Transcript(
            testDescription: "static to ephemeral, group 2, HMAC, numbered",
            clientExponents: [
                .modp1024: "c6dfc9d7201815ff2c9437197c550a6c993793dad602ca67094cc648"
            ],
            serverExponents: [
                .modp1024: "3c907cae300581207f0af176bb5ddcd0fafa9e0794090153df83d61b"
            ],
            hello: "6e0d06d0a27560f1cc7866210bb897a4332934dfc2cc84c38cf44c0a456cabd904034f3d4c4b3307d93ca19b52e93c0f"
                + "ea8672f9",
            helloAnswer:
                "e14272641158e60af01a946ec392c500be80d080d0e9734711a46887dcf6f03eee0496053faeb67fff67a1cd28a381fe"
                + "eed367da78eb04dafdfd2526658ea5ad2607780d6d2875b50f2a89e0f4afb5fd9c5f0339f4863a0fbdded03a4c4d3f05"
                + "e09692cef2b68c4bf09aec174fe8ff80bf2450223435d060afebab3dde322faa2f8edcef66f5432534d8e4519c59f843"
                + "d4998bdf36f290dc204202155aaaceef97c758ef6d5731e7d6902c10d06ffd3e29254b6d",
            keying: "eb4777fd69ac237f82eb5482cc0f36979d9727381e73df2bde6cca158788432139f1d517a006b241c95290d2c8203204"
                + "dff7a59523444c584c1834b1f10d5f4766607b1cfa07f879d9a8c23decdb70ba762449549fea8f876f405f8c6be52504"
                + "38c711902bc701e784c12181e3d2ad7a5e191f43a20704c8b153b83747cf1533c3760138d000aa7560510e0bcf79067f"
                + "926734efca18e895360f18ab2bf8567357bbdfb5dbaa51c991bd62a3f2af0eaab2bc113eee9b6860a96cf5004536d815"
                + "e4bebbacd3099fbd79ea583721ce3c295d0e25aff152f73f209e90d9e17102ad419b1bd033e85e25c573ac2a78e461ee"
                + "b29d469a5704683666d1acce93432317fe1e015bbf137999083ef390619064783cd5bc6fad64292b55bc99c7ebb07fc5"
                + "529c8d8234b794afc0a6d52f69855c78739e72d9",
            keyingAnswer:
                "c778500c14ac4317d1d4131b71c64deee96ba8812f3212fce5e8d89f1770288e6e6a9415c79698745c13934c13b36849"
                + "cba20e46900917b4006c187c58435339aa34ef2f7469d4d052aa698da6d36b54d7f86e985d0972b0da307a284b81eb80"
                + "665edc027e5224b5f2017ba0efeef8546adb9009874f6deeea2b28adf857fcd87bbf67a524d807c097f540e261884268"
                + "cc60456349aded8d2363138e5b4d018da63de02d",
            acknowledgement: "c57907596cef2768ab9620319607a7f91edd6c0f5de866dbeca38feb06436c92973ec70f",
            close: "d15477b83ce33ee1efb74959eb51cc2733ecd1fa0a1b590c35a93f8e9c069865e24d9748",
            closeAnswer: "ca57f84d4271e65f8a261e121302477970f88f3a96fe52545f8b095c3e6f870bf49252d3",
            closeNumbers: [6, 6]
        ),
        Transcript(
            testDescription: "static to static, group 14, numbered",
            clientExponents: [
                .modp2048: "c6dfc9d7201815ff2c9437197c550a6c993793dad602ca67094cc648",
                .modp1024: "3c907cae300581207f0af176bb5ddcd0fafa9e0794090153df83d61b",
            ],
            serverExponents: [
                .modp2048: "c93b800807f4d75fe17e8b6fad23d54869e2f1735fe80a15b88a2e94",
                .modp1024: "44c69cd0a9c4b82ce3d68700227afd8e7d95bc2153556fe93e231044",
            ],
            hello: "6e0d06d0a27560f1cc7866210bb897a4332934dfc2cc84c38cf44c0a456cabd904034f3d4c4b3307d93ca19b52e93c0f"
                + "ea8672f9",
            helloAnswer:
                "50cd5376a0da0a0cf017597a7e65cd00570fa58a1bf201fd1a3296c40adb04a3ee547d2f6a3531e02854f7632d777a82"
                + "92ed913cedce17a625c3466fc7456902de5605f7699f72161b3570f5742a27f681b34da508c40322a63d5d09c34b3752"
                + "a1c3c2a95ac7d8db6b710231720b02ed13fdbb6294abed512eca0440a240134069e294e0c297035050e486a77d9a382b"
                + "8c9e19c6d94e86ee95585cd51342f58cc899144b1ec1120cabeca1a17b380d8b212ea138ff22851b67b6fc778eb82371"
                + "62d9766e0acef14f16163609f32c814f70fe4c1d142fbb5b9383ad2c01eb50ea0edbf9e3a770234b33661096667c54d8"
                + "72bbab0479133b2196c0fd6bac0b8b99eb6566d9e9b04cb789ae1b7bd73c55c6cf1e30911d9acca52eb87652e6d25f51"
                + "29dd784d0f53513beb34940568c3e442cdc8543a671f69128b8c03ae04e1890d6410ef783eb3f1335decf774da59ac13"
                + "4243236084962626eca63253198eba31ddb12474965c56038f76453c61d8a524a17ad8858fe930a2b12597097e7e1585"
                + "88789887589d0cf539fc0abfe617e70f8477f6b76b1ba8ff9885cccbedcddb432454f1fc2ee7fdc830664fb98067cff7"
                + "adc771e20730a32d8f5abe579536df2eecc1518a7f90110d17d46b8abe1177a053629fd3081420b7d78890fc5f0e0113"
                + "265602d21ead4610a64ae4af83f787b8c7de8e37",
            keying: "a477a8a6e7cd051843baadbebcde75d7f01b7e84f89b99019ccbdd6ccb4ef3d239abfe477f99d28b2f746eb5a05d189b"
                + "f1e7f95e3dec1ecab53faea7b3aea9033c2ba66fb5d29dd890792d8553bc1b463ce2591fdbd44ade4b2e4272c4bc2cff"
                + "1147ff5cf25ebd22d542b2e92b5d8714446dc59ca9134654086bb9641fc1f53539ff54e283bf6d8b709266a1d51a70cc"
                + "2e883a299f404851812878bb59120dca28f2d7fb526bd1467597d4f20efa710eb35ef1f00b7e26dcb4c65554ab56f659"
                + "8bc2ac6b35c53c880f5da671f5a4e736bebedc714df3df77054f9860368d2c2f9ed8a2fd462cdda92bf3594ba927598c"
                + "a5bbbd908d724f106722cf9c22149e3f44f3a538a724d2ab067dd6b987eefd05fa6bbe2b5c0a0ca623dfafc8c2b29626"
                + "0c60145c66675462a2c77f0cc7990135bb5a9e7b2837e814c1a07dac7d54b981a403dd0748b0652024eb0649fc2a9a51"
                + "c3e5919c7bf0499108fa77c811dbb41b347acbf7e0cb8b4d5e6bcd39a5d8c470f57b409b10408438d6c85fa67875a565"
                + "3a4236b25c9170f5fe2c030aeec50abf07df6d412a6fc13f419e41af4b855ee858cf1216d14bcf9608e6c317cea4a128"
                + "0cb8385c13aa0ae1c5e5ad5b901c9527023d998dcfd6c241d2d01a9ae2994f04d2aea8059a0bfef4b63ec62cff263005"
                + "906fe2e7faeeeffb6f10a1c621dcfe5ed7704a0320f562f1546e076bfd993b99f6bb978e7d2bdc7a588a6504c99e39a2"
                + "bf4374699904da2e8c5ef62d370dacd04a437d5a4a391023a349e8c64311001365ddf0c1",
            keyingAnswer:
                "6a17940a513ced6a392b79601bfb3c0823950c9b52af1745ca6fa6f9418ba1feceb3ac79698bb3e4bc3c0ee7cf96a3a2"
                + "d06341fec30a39e0526c9a813ea52d7e35fe3e2af5222df403bfae283035edf379117195d1a9b9a978a8fc190175083a"
                + "1534bf55",
            acknowledgement: "7a4f4997d9357199a17a380ef1624cecf48ff2f6",
            close: "f1febf32aa03096059fdb652102842dda81f5a9a",
            closeAnswer: "c96edaa6ca15b444017b6ee2387536d9e147c86a",
            closeNumbers: [6, 6]
        ),
        Transcript(
            testDescription: "ephemeral to ephemeral, group 2, HMAC",
            clientExponents: [
                .modp1024: "b7953d9cbb49370a05b31a933e87b3cb09722ff2b2e1a9f802a7a876"
            ],
            serverExponents: [
                .modp1024: "1affa3cc88cc5f0e47344b7fc6affccff15f820dbe7ea2ca1db7ae48"
            ],
            hello: "8bdd71060fb79ae3846aebe5b13893dc1ea0b152190c15ddcf6a4fd865ce7b66d88a4818e14247aedf3cfc8849f3732e"
                + "658496bc",
            helloAnswer:
                "7f81f8447d6161db02e0999ff91eda9c742d36acbf8047d9670a86ee6055fc33d3317b1718b5b0b0f22f8e953a1931ba"
                + "6b883d762ca3adf7dbedd3ace9f54ecd7567c4bc4d26e8d08322319b2f0bb6be1dc377ac2c6756c5163d13f3f15db630"
                + "417feb9a3492bfddb1d0a911dbede8e0672156b992e513099a5a6f601794ef02cbcf049d6c254a80c20b3f20219b3db0"
                + "1ca7adf8e8bfe8d684c214e27dd0ece2b8d03cea81297ae261a618d506f14aa0c9e8921d",
            keying: "ee5246375ce8e79ab2baa1adfb09e2137715904267cc57ae7496caa1728f2d6fef3b6f0d3339cca33b65556c4a8b34cf"
                + "c19a6919ba8b3536e92990b03642708fbc81b3023cb25ae8a6476338b7fac69b24ccca95aa6130e6cccb36dad2255b0c"
                + "b7883b19907694f0780202472944d5fe2198e37f80f7501606a7859888c5a9396619698104add4be9c8a736a5f4a581c"
                + "3d28dd2ebb9f7594838badf8ab07b81f3d2f0e02160245b2aad61af1c2d570cb1b022b62cc2acbae0b03f4c18a79a55a"
                + "46a3c4e4a97d4567c170892c70383e46e20af8766549e16f766af1810a80b508e569f4e70f1a0a56893557c56f3d9f6f"
                + "6117f71cde341f693a39acafba6ea12471eb564f2b56d23eec007728fe8b21bce57408d0f6484252b2368d1bde4cdd46"
                + "07fa14ca0af950072789e5394a5090443402b49d",
            keyingAnswer:
                "54b6f89ce6d6216cb060d9f0d6d4fcb1bfb5417fa62e36737f4d4d783f49a5e9e9c94a4e8305659b3fdf9365578e0447"
                + "1c0341893d05a572c81bbc956e8deaabc758993b1430034afe77c3c7bab0fe535964c968078bf8aebf1fb48f4493b067"
                + "30d78b66b7ad192d4be6702ac9d7a1eee4f85f7f3d8209d6b8b307498707d2a73a6892be90ff847b551591050cefcc31"
                + "d4870f52a0639207f442c346b09e691195aae7a6",
            acknowledgement: "22fdf23a72b8e3755245114f5742e79794fb06fe8a266cae9afebc7bbf90d061c5661a3c",
            close: "ac2c2990eb4ec4f74562ed67222eb30721b28acbb989809a01a60040f220785fc7430439",
            closeAnswer: "328a0c9fef3cd428dfb6d8b72b82e49c621d047b770a4320784c1b4712a4639c618e3b35",
            closeNumbers: []
        ),
        Transcript(
            testDescription: "ephemeral to static, group 2",
            clientExponents: [
                .modp1024: "94d409883b6453f459b655307810876baca4f86f7cb133755ca45e30"
            ],
            serverExponents: [
                .modp1024: "3b465a45e712273f8ef41dec434a80c1d5f76f3fd532b4ad4663dfb2"
            ],
            hello: "8bdd71060fb79ae3846aebe5b13893dc1ea0b152190c15ddcf6a4fd865ce7b66d88a4818e14247aedf3cfc8849f3732e"
                + "658496bc",
            helloAnswer:
                "ad04bb21562b282ffb2f930e4d6710818acb141686ce71260ada9b519dd47df4011b4ad5f99d0c09a4a920d02efe552b"
                + "86c6996bc8e142b0b09adf08cde5d91a5550d81ad96de9240c2159ff7e8a122d5a6fff0dcf46302839a69897970d842d"
                + "4f8b6e4d853d61d976f592c27df235a3df5b14d884830212f1a11096c48c42b8aefeae0599ad03381b1843254b763d67"
                + "bcfc0b3616d0d48dc7d225912a3698b0bdf46249854efedc920771a9fbbfb18089aa10c4e51d7eca1e8c62b03d6e95a4"
                + "e05a9c55b32a835b336bd9ff967f383214f3e1451ace1c454e4222451e06b20573ed9e92077a4bbfb3e20b22aafd2cfa"
                + "9d65d49d",
            keying: "e60382af11647538f767f79768637d53977c5a83fed715bd0a86817b49c885d993c7410ecf1ef99c9c766a1b1a8cfb5a"
                + "8f6fdcb769dacdc06c2b1958632e638cdd1d6106cdd5b0c57a8448933ef189776a5e3b4c2ee00e6d12d17dc7dd1f911d"
                + "f3462bfa574dbd3b089e8941219a8adb600fce6a995ea09288022ea9e96e1a576b2bb0472ca9178c9c38e84fa7fb5a0c"
                + "14aad916e33037939d86ba8c96c640072161dd932db465efb060a7ffeb81ef937e0fb407959a67a25f2b7bc0a6e4d0c3"
                + "40349298cb3a9e2bfc41967049bfc368eb2928e74b3d5004f8e38ba29353a5c45de2dad8f0b430a6d10d6c74474bb8f9"
                + "f193138bb7430ee28e04295e32e11a650e6cbae4c3f4505634bae4897bb2b00aaa46aff7896eee39686f253a9332aea2"
                + "9c97bf29c8ebe99137cf80e524a90776346fdb01",
            keyingAnswer:
                "f18d52f89e49eca56dc4be5d9b9188ca6af778e970d5af95fab5d5b0c726a8dc963bbd24a4b4bee9288a2fa6ca62bba3"
                + "62a2c89941d0dad1d6d522a8f9d6d1d8a81c9f315db1aea9e3ad66187a31fbbf18a114110ae3acd52b013c00eb533454"
                + "03da04b8",
            acknowledgement: "fb99e8bf36eef55acf771de5f57db19c157b6ae7",
            close: "85fa9d2882d9d28b05234fa3cb39f13861f1cb97",
            closeAnswer: "477f61f92269e39f671682660075b6a0af468790",
            closeNumbers: []
        ),
    ]
}
