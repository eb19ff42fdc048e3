import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'

/** How an authenticator misbehaves. */
export interface Faults {
  readonly origin?: string
  readonly rpId?: string
  /** The count it claims; a clone starts from an old one. */
  readonly counter?: number
  /** Whether the person showed that it is they, not only that somebody is there. */
  readonly isVerified?: boolean
  readonly challenge?: string
}

/** An authenticator that lives in the test: it signs as WebAuthn level 3 says, or as its faults say. */
export interface Authenticator {
  readonly id: string
  register(challenge: string, faults?: Faults): object
  sign(challenge: string, faults?: Faults): object
}

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest()

export function newAuthenticator(origin: string): Authenticator {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const credentialId = randomBytes(16)
  const id = credentialId.toString('base64url')
  let count = 0

  const clientData = (type: string, challenge: string, faults: Faults) =>
    Buffer.from(
      JSON.stringify({
        type,
        challenge: faults.challenge ?? challenge,
        origin: faults.origin ?? origin,
        crossOrigin: false,
      }),
    )
  const authData = (faults: Faults, more = Buffer.alloc(0), flags = 0) => {
    const head = Buffer.alloc(5)
    head[0] = 0x01 | (faults.isVerified === false ? 0 : 0x04) | flags
    head.writeUInt32BE(faults.counter ?? ++count, 1)
    return Buffer.concat([sha256(faults.rpId ?? new URL(origin).hostname), head, more])
  }

  return {
    id,
    register(challenge, faults = {}) {
      const length = Buffer.from([0, credentialId.length])
      const attested = Buffer.concat([Buffer.alloc(16), length, credentialId, coseKey(x, y)])
      const data = authData(faults, attested, 0x40)
      const attestation = Buffer.concat([
        // {"fmt": "none", "attStmt": {}, "authData": bytes} in CBOR
        Buffer.from([0xa3]),
        cborText('fmt'),
        cborText('none'),
        cborText('attStmt'),
        Buffer.from([0xa0]),
        cborText('authData'),
        Buffer.from([0x58, data.length]),
        data,
      ])
      return {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: clientData('webauthn.create', challenge, faults).toString('base64url'),
          attestationObject: attestation.toString('base64url'),
          transports: ['internal'],
        },
      }
    },
    sign(challenge, faults = {}) {
      const data = authData(faults)
      const client = clientData('webauthn.get', challenge, faults)
      const signature = createSign('sha256').update(data).update(sha256(client)).sign(privateKey)
      return {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: signature.toString('base64url'),
        },
      }
    },
  }
}

function cborText(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text, 'utf8')])
}

/** An ES256 key as a COSE map {1: 2, 3: -7, -1: 1, -2: x, -3: y}. @source RFC 9053 section 7.1.1 */
function coseKey(x: string, y: string): Buffer {
  const head = Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01])
  const bytes = (value: string) => Buffer.concat([Buffer.from([0x58, 32]), Buffer.from(value, 'base64url')])
  return Buffer.concat([head, Buffer.from([0x21]), bytes(x), Buffer.from([0x22]), bytes(y)])
}
