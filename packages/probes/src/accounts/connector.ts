import { z } from 'zod'
import type { Connector } from '../engine/connector.ts'
import { Unreadable, seen } from '../engine/reading.ts'
import type { Reading } from '../engine/reading.ts'
import { accountsFacts } from './facts.ts'
import type { AccountsFacts } from './facts.ts'

const settings = z.object({})

/**
 * The accounts of people over all connections of a tenant. art32 joins what the looks of the others saw, and says it
 * whenever one of them has looked: nothing outside is asked.
 */
export const accounts = {
  id: 'accounts',
  title: { en: 'Accounts over all connections', de: 'Konten über alle Verbindungen' },
  about: {
    en: 'What became of the accounts of people who left, and of those that a review of access decided to remove: joined from the looks of all connections. It appears by itself.',
    de: 'Was aus den Konten Ausgeschiedener wurde und aus denen, die eine Zugriffsprüfung entfernen will: zusammengeführt aus den Blicken aller Verbindungen. Es erscheint von selbst.',
  },
  settings,
  facts: accountsFacts,
  history: {
    volatile: ['leavers', 'removals'],
  },
  needs: [],
  sends: true,
  address: () => '',
  ownMachine: () => true,
  collect: () =>
    Promise.reject(new Unreadable('not-configured', 'it is joined from other connections; nobody can fetch it')),
} satisfies Connector<typeof settings, AccountsFacts>

/**
 * What is known of all accounts as a reading. Somebody of whose accounts one could not be looked at leaves the whole unseen,
 * unless another account is known to be open: that is wrong whatever the others would show.
 */
export function accountsReading({ leavers, removals }: AccountsFacts, at: Date): Reading {
  const all = leavers.flatMap((leaver) => leaver.accounts)
  const isWhole = all.every(({ unseen }) => unseen === null) || all.some(isKnownOpen)
  const groups = { leavers: seen(leavers, isWhole), removals: seen(removals) }
  return { ...seen(groups, isWhole), at: at.toISOString(), source: 'accounts' }
}

type LeaverAccount = AccountsFacts['leavers'][number]['accounts'][number]

const isKnownOpen = ({ state, unseen }: LeaverAccount) => state === 'open' && unseen === null
