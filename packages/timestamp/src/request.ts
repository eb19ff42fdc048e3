import { Integer, OctetString } from 'asn1js'
import { AlgorithmIdentifier, MessageImprint, TimeStampReq } from 'pkijs'

/** SHA-256. */
export const sha256Id = '2.16.840.1.101.3.4.2.1'

/**
 * What is sent to an authority, in DER; it asks for the certificates, so that the answer can be checked alone.
 *
 * @param imprint SHA-256 of the text
 * @param nonce   random bytes; the answer must repeat them
 */
export function stampRequest(imprint: Uint8Array, nonce: Uint8Array): Uint8Array<ArrayBuffer> {
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: sha256Id }),
      hashedMessage: new OctetString({ valueHex: Uint8Array.from(imprint).buffer }),
    }),
    nonce: integerOf(nonce),
    certReq: true,
  })
  return new Uint8Array(request.toSchema().toBER())
}

/** A positive integer of these bytes. */
export function integerOf(bytes: Uint8Array): Integer {
  // The first bit is the sign, and no byte of zeros may lead otherwise.
  const trimmed = bytes.subarray(
    Math.max(
      0,
      bytes.findIndex((byte) => byte !== 0),
    ),
  )
  const positive = (trimmed[0] ?? 0) < 0x80 ? trimmed : Uint8Array.of(0, ...trimmed)
  return new Integer({ valueHex: Uint8Array.from(positive).buffer })
}
