import { type BaseBlock, OctetString, Sequence } from 'asn1js'
import { AlgorithmIdentifier, type Certificate, type SignerInfo } from 'pkijs'
import { sha256Id } from './request.ts'
import { certificateDer } from './root.ts'

/** Attributes that name the certificate of the signer (RFC 5035, RFC 2634), and by which hash unless they say so. */
const attributes: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.9.16.2.47': 'SHA-256',
  '1.2.840.113549.1.9.16.2.12': 'SHA-1',
}

const hashes: Readonly<Record<string, string>> = {
  [sha256Id]: 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
}

/** Whether the signed attributes name this certificate, as RFC 3161 demands: otherwise one key with two certificates fits both. */
export async function certifies({ signedAttrs }: SignerInfo, certificate: Certificate): Promise<boolean> {
  for (const { type, values } of signedAttrs?.attributes ?? []) {
    const usual = attributes[type]
    if (usual === undefined) continue
    const named = firstNamed(values[0])
    const name = named?.algorithm === null ? usual : hashes[named?.algorithm ?? '']
    if (named === null || name === undefined) return false
    const hash = new Uint8Array(await crypto.subtle.digest(name, certificateDer(certificate)))
    return hash.length === named.hash.length && hash.every((byte, i) => byte === named.hash[i])
  }
  return false
}

/** The first ESSCertID of SigningCertificate or SigningCertificateV2. */
function firstNamed(value: unknown): { algorithm: string | null; hash: Uint8Array } | null {
  const id = childOf(childOf(value, 0), 0)
  const first = childOf(id, 0)
  if (first instanceof OctetString) return { algorithm: null, hash: first.valueBlock.valueHexView }
  const second = childOf(id, 1)
  if (!(first instanceof Sequence && second instanceof OctetString)) return null
  return { algorithm: new AlgorithmIdentifier({ schema: first }).algorithmId, hash: second.valueBlock.valueHexView }
}

function childOf(value: unknown, index: number): BaseBlock | undefined {
  return value instanceof Sequence ? value.valueBlock.value[index] : undefined
}
