import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import { ask, call } from './call.ts'
import { Problem } from './problem.ts'

/** Whether this browser knows passkeys at all. */
export const knowsPasskeys = typeof PublicKeyCredential === 'function'

/** Signs in, or confirms that it is still the same person, by a passkey of this device or of a key. */
export async function signInByPasskey(): Promise<void> {
  const optionsJSON = await ask<PublicKeyCredentialRequestOptionsJSON>(
    '/api/auth/passkey/generate-authenticate-options',
    {},
  )
  const { startAuthentication } = await import('@simplewebauthn/browser')
  const response = await startAuthentication({ optionsJSON }).catch(left)
  await ask('/api/auth/passkey/verify-authentication', { method: 'POST', body: JSON.stringify({ response }) })
}

/** Makes a passkey and registers it in the account. */
export async function registerPasskey(name: string): Promise<void> {
  const { options, ceremony } = await call('account.begin_passkey', {})
  if (!isCreation(options)) throw new Problem({ status: 0, code: 'unknown', detail: '' })
  const { startRegistration } = await import('@simplewebauthn/browser')
  const response = await startRegistration({ optionsJSON: options }).catch(left)
  await call('account.add_passkey', { ceremony, response: { ...response }, name })
}

/** The browser says little about why it gave nothing, lest a page learn which keys there are. */
function left(): never {
  throw new Problem({ status: 0, code: 'passkey.left', detail: '' })
}

function isCreation(options: object): options is PublicKeyCredentialCreationOptionsJSON {
  return 'challenge' in options && 'rp' in options && 'user' in options && 'pubKeyCredParams' in options
}
