import type { Accounts, Certificates, SignedIn } from '../account/index.ts'
import { tokenPattern } from '../access/index.ts'
import type { Tokens } from '../access/index.ts'
import type { AnyOperation } from '../kernel/index.ts'
import { placeOf } from './peer.ts'
import { httpErrors } from './problem.ts'
import type { Shown } from './shown.ts'

/**
 * Who sends a request: by an API token, else by a session, else by a client certificate.
 *
 * @throws {http.token_invalid | http.two_means} a token is never passed over in favour of something weaker
 */
export async function whoSends(
  { headers, peer, certificate }: Shown,
  by: { accounts: Pick<Accounts, 'whoIs'>; tokens: Pick<Tokens, 'find'>; certificates: Pick<Certificates, 'find'> },
): Promise<SignedIn | null> {
  const token = /^Bearer +(art32_.*)$/i.exec(headers.get('authorization') ?? '')?.[1]
  if (token !== undefined) {
    if (/(?:^|;)\s*(?:__(?:Secure|Host)-)?art32\.session_token=/.test(headers.get('cookie') ?? ''))
      throw httpErrors.two_means()
    const found = await by.tokens.find(token)
    if (!found) throw httpErrors.token_invalid()
    return found
  }
  const signedIn = await by.accounts.whoIs(headers, placeOf(peer))
  return signedIn ?? (certificate ? await by.certificates.find(certificate) : null)
}

/**
 * What somebody may do by the means they show, whatever their role: a token works in its tenant only, and a certificate,
 * which a program can use unattended, changes nothing about the account and its other means.
 */
export function refuseMeans(operation: AnyOperation, signedIn: SignedIn | null): void {
  const kind = signedIn?.means.kind
  if (kind === 'token' && operation.scope !== 'tenant') throw httpErrors.token_confined()
  const isOwn = operation.scope === 'installation' && !operation.id.startsWith('tenant.')
  if (kind === 'certificate' && operation.changes && isOwn) throw httpErrors.certificate_confined()
}

/** A token in an address stands in logs and histories of every machine between: it counts as lost. */
export function refuseTokenInAddress(url: string): void {
  if (tokenPattern.test(url)) throw httpErrors.token_in_address()
}
