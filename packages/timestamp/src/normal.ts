import { Null } from 'asn1js'
import {
  AlgorithmIdentifier,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  PKIStatus,
  PKIStatusInfo,
  SignedData,
  SignerInfo,
  TimeStampResp,
} from 'pkijs'
import { certificateDer } from './root.ts'

/** Signature algorithms whose parameters are NULL; the others have none, or have them in what is signed. */
const withNull = /^1\.2\.840\.113549\.1\.1\.(?:1|11|12|13)$/

/**
 * The reply with what is signed and nothing else: no texts of the authority, no certificates but those of the chain, no
 * attributes that nobody signed. Two replies with the same signed parts have the same normal form.
 */
export function normalReply(parts: {
  signed: SignedData
  signer: SignerInfo
  certificate: Certificate
  path: readonly Certificate[]
}): Uint8Array<ArrayBuffer> {
  const { signed, signer, certificate, path } = parts
  const digest = new AlgorithmIdentifier({ algorithmId: signer.digestAlgorithm.algorithmId })
  const normal = new SignedData({
    version: 3,
    digestAlgorithms: [digest],
    encapContentInfo: new EncapsulatedContentInfo({
      eContentType: signed.encapContentInfo.eContentType,
      ...(signed.encapContentInfo.eContent ? { eContent: signed.encapContentInfo.eContent } : {}),
    }),
    certificates: path.map((one) => Certificate.fromBER(certificateDer(one))),
    signerInfos: [
      new SignerInfo({
        version: 1,
        sid: new IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
        digestAlgorithm: digest,
        ...(signer.signedAttrs ? { signedAttrs: signer.signedAttrs } : {}),
        signatureAlgorithm: signatureAlgorithm(signer),
        signature: signer.signature,
      }),
    ],
  })
  const reply = new TimeStampResp({
    status: new PKIStatusInfo({ status: PKIStatus.granted }),
    timeStampToken: new ContentInfo({ contentType: '1.2.840.113549.1.7.2', content: normal.toSchema(true) }),
  })
  return new Uint8Array(reply.toSchema().toBER())
}

function signatureAlgorithm({ signatureAlgorithm: { algorithmId, algorithmParams } }: SignerInfo): AlgorithmIdentifier {
  if (withNull.test(algorithmId)) return new AlgorithmIdentifier({ algorithmId, algorithmParams: new Null() })
  const isPss = algorithmId === '1.2.840.113549.1.1.10'
  return new AlgorithmIdentifier({ algorithmId, ...(isPss ? { algorithmParams } : {}) })
}
