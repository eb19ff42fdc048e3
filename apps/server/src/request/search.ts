import { createHash } from 'node:crypto'
import { canonicalize } from '@art32/ledger'
import { listConnections } from '../connection/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { dataAbout, searchStores } from '../privacy/index.ts'
import { listProcessors } from '../processor/index.ts'
import * as store from './store.ts'
import type { LookedFor, RequestRow } from './store.ts'
import * as places from './store-search.ts'

/** The account of a mail address, where there is one: known to the installation. */
export type FindAccount = (email: string) => Promise<{ readonly id: string } | undefined>

/** No account has this id. */
const nobody = '00000000-0000-4000-8000-000000000000'

/**
 * Looks for a person in the tenant's own stores, and puts every connection and processor on the list of systems in which
 * somebody looks. Of an account that is no member here nothing is found: only the tenant's own stores are looked at.
 */
export async function lookFor(
  tx: TenantContext,
  row: RequestRow,
  { mails = [], names = [] }: LookedFor,
  findAccount: FindAccount,
): Promise<void> {
  const accounts = (await Promise.all(mails.map(findAccount))).flatMap((account) => account?.id ?? [])
  const found = await searchStores(tx, { mails, names, accounts })
  await places.savePlaces(
    tx,
    row.id,
    found.map(({ place, purpose, own, named, notLooked }) => ({ place, purpose, own, named, not_looked: notLooked })),
  )
  for (const { id, system_name: name, connector } of await listConnections(tx))
    await places.addItem(tx, row.id, { kind: 'connection', ref: id, name: `${name} (${connector})` })
  for (const { id, name, state } of await listProcessors(tx))
    if (state === 'active') await places.addItem(tx, row.id, { kind: 'processor', ref: id, name })
  await store.changeRequest(tx, row.id, { looked_for: { mails, names }, looked_at: tx.now })
  await store.addEntry(tx, row.id, 'looked')
  const sum = (of: 'own' | 'named') => found.reduce((all, one) => all + (one[of] ?? 0), 0)
  await tx.append({
    type: 'request.changed',
    about: { kind: 'request', id: row.id },
    code: 'looked',
    content: {
      content: {
        stores: found.length,
        own: sum('own'),
        named: sum('named'),
        notLooked: found.filter(({ notLooked }) => notLooked.length > 0).map(({ place }) => place),
      },
    },
  })
}

/** Freezes what is handed out: the person's own rows as they are now, by the same declarations as the look. */
export async function freeze(
  tx: TenantContext,
  row: RequestRow,
  { findAccount, files, endsAt }: { findAccount: FindAccount; files: readonly string[]; endsAt: Date },
): Promise<Buffer> {
  const { mails = [], names = [] } = row.looked_for
  const found = []
  for (const email of mails.length === 0 ? [''] : mails) {
    const account = email === '' ? undefined : await findAccount(email)
    // A name alone is no proof of who somebody is: rows come by address and account.
    found.push({ email, ...(await dataAbout(tx, { id: account?.id ?? nobody, email, name: email })) })
  }
  const looked = (await places.listPlaces(tx, row.id)).map(({ place, purpose, own, named, not_looked: notLooked }) => ({
    place,
    purpose,
    own,
    named,
    notLooked,
  }))
  const data = {
    format: 'art32.request/1',
    request: row.number,
    madeAt: tx.now.toISOString(),
    lookedFor: { mails, names },
    looked,
    elsewhere: (await places.listItems(tx, row.id)).map(({ kind, name, state, note }) => ({ kind, name, state, note })),
    found,
  }
  // As it is stored: what JSON cannot say is gone before the hash is made.
  const plain: unknown = JSON.parse(JSON.stringify(data))
  const sha256 = createHash('sha256').update(canonicalize(plain)).digest()
  await places.savePackage(tx, row.id, { data: plain, sha256, files, ends_at: endsAt })
  await store.extendLink(tx, row.id, endsAt)
  return sha256
}
