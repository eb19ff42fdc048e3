import { issue } from '../../scripts/testing/tls.ts'
import type { Target } from './target.ts'

/** Stands in everything that alpha keeps, and in nothing that others may see. */
export const marker = 'canary-of-alpha'

/** What stands in alpha, made as people make it. */
export interface Furniture {
  readonly tenantId: string
  /** By the names of the fields that carry them. */
  readonly ids: Readonly<Record<string, unknown>>
  /** The session of somebody who was removed. */
  readonly leaver: string
  readonly tokenOfBeta: string
  /** For beta, by somebody who is a member of alpha, too. */
  readonly tokenOfBoth: string
  readonly revokedToken: string
  readonly readingToken: string
}

const document = `# Measures of ${marker}

## Confidentiality

- All network communication of ${marker} uses TLS 1.2 or newer.
- Administrators of ${marker} use multi-factor authentication.
`

/** @returns the id of the document that is in use now */
export async function adoptDocument(target: Target, cookie: string, tenant: 'alpha' | 'beta'): Promise<string> {
  const read = await target.send(`/api/tenants/${tenant}/document/read?name=tom.md`, {
    method: 'POST',
    headers: { cookie, origin: target.url, 'content-type': 'application/octet-stream' },
    body: tenant === 'alpha' ? document : document.replaceAll(marker, 'beta'),
  })
  const documentId = read.json<{ document: { id: string } }>().document.id
  const adopted = await target.call(cookie, 'document.adopt', { documentId }, tenant)
  if (adopted.status !== 200) throw new Error(`document.adopt: ${adopted.status} ${adopted.text}`)
  return documentId
}

const furnished = new WeakMap<Target, Promise<Furniture>>()

/** Once for each target. */
export function furnish(target: Target): Promise<Furniture> {
  const known = furnished.get(target) ?? make(target)
  furnished.set(target, known)
  return known
}

async function make(target: Target): Promise<Furniture> {
  const [owner, leaver, stranger, both] = await Promise.all(
    (['owner', 'leaver', 'stranger', 'both'] as const).map((name) => target.signIn(name)),
  )
  const ask = async <T>(cookie: string | undefined, operation: string, input: object, tenant?: string): Promise<T> => {
    const answer = await target.call(cookie ?? '', operation, input, tenant)
    if (answer.status !== 200) throw new Error(`${operation}: ${answer.status} ${answer.text}`)
    return answer.json<T>()
  }
  const documentId = await adoptDocument(target, owner ?? '', 'alpha')
  const { connections } = await ask<{ connections: string[] }>(owner, 'connection.add', {
    target: `dns:${marker}.example`,
    name: marker,
  })
  const { id: signed } = await ask<{ id: string }>(owner, 'edition.draft', {})
  await ask(owner, 'edition.sign', { editionId: signed })
  const { id: editionId } = await ask<{ id: string }>(owner, 'edition.draft', {})
  const token = async (cookie: string | undefined, tenant: string) =>
    await ask<{ token: string; tokenId: string }>(cookie, 'token.create', {
      tenant,
      name: tenant === 'alpha' ? marker : 'Own',
      permissions: ['register:read'],
    })
  const [reading, revoked, ofBeta, ofBoth] = await Promise.all([
    token(owner, 'alpha'),
    token(owner, 'alpha'),
    token(stranger, 'beta'),
    token(both, 'beta'),
  ])
  await ask(owner, 'token.revoke', { tokenId: revoked.tokenId })
  const { certificateId } = await ask<{ certificateId: string }>(owner, 'certificate.add', {
    name: marker,
    pem: issue({ name: 'owner' }).certificate,
  })
  await ask(owner, 'access.invite', { name: marker, email: `${marker}@example.com`, role: 'member' })
  const { members } = await ask<{ members: { accountId: string; email: string }[] }>(owner, 'access.list', {})
  const idOf = (name: string) => members.find(({ email }) => email.startsWith(`${name}@`))?.accountId
  await ask(owner, 'access.remove', { accountId: idOf('leaver') })
  const one = async (sql: string, tenant?: string) => (await target.query<{ id: string }>(sql, [], tenant))[0]?.id
  const [passkey] = await target.query<{ id: string }>(
    `insert into passkey (name, "publicKey", "userId", "credentialID", counter, "deviceType", "backedUp", "createdAt")
     values ($1, 'x', $2, $3, 0, 'singleDevice', false, now()) returning id`,
    [marker, idOf('owner'), `credential of ${marker}`],
  )
  const { roomId } = await ask<{ roomId: string }>(owner, 'room.create', {
    editionId: await one(`select id from edition where state = 'edition'`, 'alpha'),
    name: marker,
    days: 30,
    guests: [],
  })
  const measureId = await one('select id from measure limit 1', 'alpha')
  const systemId = await one('select id from system limit 1', 'alpha')
  const tenantId = (await one(`select id from tenant where slug = 'alpha'`)) ?? ''
  return {
    tenantId,
    ids: {
      tenantId,
      slug: 'alpha',
      tenant: 'alpha',
      confirm: 'alpha',
      documentId,
      editionId,
      measureId,
      systemId,
      roomId,
      connectionId: connections[0],
      connectionIds: connections,
      certificateId,
      catalogueId: 'mfa',
      catalogueIds: ['mfa'],
      accountId: idOf('member'),
      ownerAccount: idOf('owner'),
      deputyAccount: idOf('member'),
      tokenId: reading.tokenId,
      passkeyId: passkey?.id,
      invitationId: await one('select id from invitation', 'alpha'),
      sessionId: await one(
        `select session.id from session join account on account.id = "userId" where email like 'owner@%'`,
      ),
      runId: (await ask<{ runId: string }>(owner, 'check.run', { connectionIds: connections })).runId,
      // Named by what a check would find; no check has run here.
      outcomeId: measureId,
      key: `tls.protocols/${systemId}`,
      checkId: 'tls.protocols',
    },
    leaver: leaver ?? '',
    tokenOfBeta: ofBeta.token,
    tokenOfBoth: ofBoth.token,
    revokedToken: revoked.token,
    readingToken: reading.token,
  }
}
