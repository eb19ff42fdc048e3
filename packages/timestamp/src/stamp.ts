import { ObjectIdentifier } from 'asn1js'
import {
  type Certificate,
  ExtKeyUsage,
  PKIStatus,
  type PKIStatusInfo,
  type SignerInfo,
  SignedData,
  TimeStampResp,
  TSTInfo,
} from 'pkijs'
import { certifies } from './certifies.ts'
import { normalReply } from './normal.ts'
import { StampError, type StampProblem } from './problem.ts'
import { integerOf, sha256Id } from './request.ts'
import { formatRoot, type Root } from './root.ts'

/** A time stamp that counts. */
export interface Stamp {
  readonly time: Date
  /** By how many milliseconds its clock may have been wrong, as it says of itself; what it does not say is none. */
  readonly accuracyMs: number
  /** The name in the certificate that signed. */
  readonly authority: string
  /** SHA-256 that was stamped. */
  readonly imprint: Uint8Array
  /** The reply in its normal form. */
  readonly token: Uint8Array
  /** The root that the chain ends at, as PEM in one spelling. */
  readonly root: string
}

/** What a reply is judged by. */
export interface StampCheck {
  /** The text that was stamped. */
  readonly text: Uint8Array
  readonly roots: readonly Root[]
  /** What was sent; left out by whoever did not ask. */
  readonly nonce?: Uint8Array
}

const mostBytes = 65_536
const signedDataType = '1.2.840.113549.1.7.2'
const infoType = '1.2.840.113549.1.9.16.1.4'
const timeStampingPurpose = '1.3.6.1.5.5.7.3.8'
const contentTypeAttribute = '1.2.840.113549.1.9.3'

/** SHA-256, SHA-384, SHA-512: nothing that was broken. */
const digests = new Set([sha256Id, '2.16.840.1.101.3.4.2.2', '2.16.840.1.101.3.4.2.3'])

/** Judges the reply of an authority. Attacker-controlled throughout. @throws {StampError} */
export async function readStamp(reply: Uint8Array, { text, roots, nonce }: StampCheck): Promise<Stamp> {
  const { signed, info } = parsed(reply)
  const imprint = new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(text)))
  const { messageImprint: stamped } = info
  if (
    stamped.hashAlgorithm.algorithmId !== sha256Id ||
    !sameBytes(stamped.hashedMessage.valueBlock.valueHexView, imprint)
  )
    throw new StampError('imprint', 'The time stamp is of something else.')
  if (nonce !== undefined && !info.nonce?.isEqual(integerOf(nonce)))
    throw new StampError('nonce', 'The time stamp answers another request.')
  const [signer] = signed.signerInfos
  if (signer === undefined || signed.signerInfos.length !== 1 || signer.signedAttrs === undefined)
    throw new StampError('invalid', 'A time stamp is signed once, with signed attributes.')
  if (!digests.has(signer.digestAlgorithm.algorithmId))
    throw new StampError('invalid', 'The time stamp is signed over a hash that is not safe.')
  if (contentTypeOf(signer) !== infoType) throw new StampError('invalid', 'What is signed is no time stamp.')
  const { certificate, path } = await chained(signed, text, roots)
  const root = roots.find((one) => path.some((part) => isSame(part, one.certificate)))
  if (root === undefined) throw new StampError('untrusted', 'The certificate leads to no root that was named.')
  if (!isForTimeStamping(certificate))
    throw new StampError('untrusted', 'The certificate is not made for time stamping alone.')
  if (!(await certifies(signer, certificate)))
    throw new StampError('invalid', 'The time stamp does not name the certificate that signed it.')
  return {
    time: info.genTime,
    accuracyMs: accuracyOf(info),
    authority: nameOf(certificate),
    imprint,
    token: normalReply({ signed, signer, certificate, path: path.filter((part) => !isSame(part, root.certificate)) }),
    root: formatRoot(root),
  }
}

function parsed(reply: Uint8Array): { signed: SignedData; info: TSTInfo } {
  if (reply.length > mostBytes) throw new StampError('garbage', 'The answer is too long for a time stamp.')
  try {
    const { status, timeStampToken } = TimeStampResp.fromBER(Uint8Array.from(reply))
    if (!isGranted(status) || timeStampToken === undefined)
      throw new StampError('refused', `The authority did not grant it (status ${status.status}).`)
    if (timeStampToken.contentType !== signedDataType) throw new StampError('garbage', 'The answer is not signed.')
    const signed = new SignedData({ schema: timeStampToken.content })
    const { eContent, eContentType } = signed.encapContentInfo
    if (eContent === undefined || eContentType !== infoType)
      throw new StampError('garbage', 'What is signed is no time stamp.')
    return { signed, info: TSTInfo.fromBER(eContent.getValue()) }
  } catch (error) {
    if (error instanceof StampError) throw error
    throw new StampError('garbage', 'The answer is no reply of RFC 3161.', { cause: error })
  }
}

function isGranted({ status }: PKIStatusInfo): boolean {
  return status === PKIStatus.granted || status === PKIStatus.grantedWithMods
}

/** Signature and chain at the time in the token. */
async function chained(
  signed: SignedData,
  text: Uint8Array,
  roots: readonly Root[],
): Promise<{ certificate: Certificate; path: Certificate[] }> {
  try {
    const { signatureVerified, signerCertificate, certificatePath } = await signed.verify({
      signer: 0,
      data: Uint8Array.from(text).buffer,
      trustedCerts: roots.map(({ certificate }) => certificate),
      checkChain: true,
      extendedMode: true,
    })
    if (signatureVerified !== true || !signerCertificate)
      throw new StampError('invalid', 'The signature of the time stamp does not hold.')
    return { certificate: signerCertificate, path: certificatePath ?? [] }
  } catch (error) {
    if (error instanceof StampError) throw error
    throw new StampError(...problemOf(error), { cause: error })
  }
}

/** The code of the library for a chain that does not hold, at the time in the token. */
const chainCode = 5

function problemOf(error: unknown): [StampProblem, string] {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return code === chainCode
    ? ['untrusted', 'The certificate leads to no root that was named, or was not valid at that time.']
    : ['invalid', 'The signature of the time stamp does not hold.']
}

/** RFC 3161, 2.4.2. Thousandths of a second are from 1 to 999 there; whatever else stands in their place is none. */
function accuracyOf({ accuracy }: TSTInfo): number {
  const { seconds = 0, millis = 0 } = accuracy ?? {}
  return Math.max(0, seconds) * 1_000 + (millis > 0 && millis < 1_000 ? millis : 0)
}

/** RFC 3161, 2.3: critical, and this purpose alone. */
function isForTimeStamping({ extensions = [] }: Certificate): boolean {
  const usages = extensions.filter(({ extnID }) => extnID === '2.5.29.37')
  const [usage] = usages
  const value: unknown = usage?.parsedValue
  return (
    usages.length === 1 &&
    usage?.critical === true &&
    value instanceof ExtKeyUsage &&
    value.keyPurposes.join() === timeStampingPurpose
  )
}

/** The type that the signed attributes say; null where they do not say it once. */
function contentTypeOf({ signedAttrs }: SignerInfo): string | null {
  const [attribute, ...more] = (signedAttrs?.attributes ?? []).filter((one) => one.type === contentTypeAttribute)
  const value: unknown = attribute?.values[0]
  return more.length === 0 && value instanceof ObjectIdentifier ? value.getValue() : null
}

function nameOf({ subject }: Certificate): string {
  const common = subject.typesAndValues.find(({ type }) => type === '2.5.4.3') ?? subject.typesAndValues.at(-1)
  const name: unknown = common?.value.valueBlock.value
  return typeof name === 'string' && name !== '' ? name.replaceAll(/\s+/g, ' ').slice(0, 100) : 'without a name'
}

function isSame(a: Certificate, b: Certificate): boolean {
  return sameBytes(a.tbsView, b.tbsView)
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}
