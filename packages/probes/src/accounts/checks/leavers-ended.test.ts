import { describe, expect, it } from 'vitest'
import { judge, rollUp } from '../../engine/judge.ts'
import { examine } from '../../testing/examine.ts'
import { examined } from '../../testing/examined.ts'
import { accountsReading } from '../connector.ts'
import type { AccountsFacts } from '../facts.ts'
import { accountsLeaversEnded } from './leavers-ended.ts'

type Leaver = AccountsFacts['leavers'][number]
type Held = Leaver['accounts'][number]

const left = '2026-11-10T23:00:00.000Z'
/** An account that was open when its owner left and seen gone nine hours later. */
const held = (name: string, given: Partial<Held> = {}): Held => ({
  system: '00000000-0000-4000-8000-000000000001',
  systemName: name,
  account: `account on ${name}`,
  state: 'gone',
  seen: '2026-11-20T08:00:00.000Z',
  lastOpen: '2026-11-10T08:00:00.000Z',
  ended: '2026-11-11T08:00:00.000Z',
  unseen: null,
  ...given,
})
const stillOpen = { state: 'open', lastOpen: '2026-11-20T08:00:00.000Z', ended: null } as const
const leaver = (person: string, accounts: Held[]): Leaver => ({ person, left, accounts })
const add = (...accounts: Held[]) => ({
  change: (f: { leavers: Leaver[] }) => {
    f.leavers.push(leaver('b', accounts))
  },
})

examine(accountsLeaversEnded, {
  good: { leavers: [leaver('a', [held('Source'), held('Vault', { state: 'disabled' })])] },
  bad: {
    'one account is still open': { ...add(held('Source'), held('Vault', stillOpen)), says: 'open' },
    'one came back': { ...add(held('Source', { ...stillOpen, ended: null })), says: 'open' },
    'one was open after the time was over': {
      ...add(held('Source', { lastOpen: '2026-11-12T08:00:00.000Z', ended: '2026-11-13T08:00:00.000Z' })),
      says: 'late',
    },
    'one was seen open a minute after no time at all': {
      change: (f) => {
        f.leavers = [leaver('a', [held('Source', { lastOpen: '2026-11-10T23:01:00.000Z' })])]
      },
      says: 'late',
      parameters: { hours: 0 },
    },
  },
  told: {
    'nobody looked between the last time it was open and the end of the time': {
      ...add(held('Source', { ended: '2026-11-14T08:00:00.000Z' })),
      says: 'unclear',
    },
    'the time has not run out': {
      ...add(held('Source', stillOpen)),
      says: 'waiting',
      parameters: { hours: 8_760 },
    },
    'one was not looked at since': {
      ...add(held('Source', { ...stillOpen, lastOpen: '2026-11-11T08:00:00.000Z', unseen: 'denied' })),
      says: 'unseen',
    },
    'somebody says that one is gone': { ...add(held('Source', { state: 'said' })), says: 'said' },
    'no account is known': { ...add(), says: 'none' },
  },
  empty: {
    'nobody left': (f) => {
      f.leavers = []
    },
  },
})

describe('what could not be looked at', () => {
  const stateOf = (leavers: Leaver[]) =>
    rollUp(
      judge(accountsLeaversEnded, accountsReading({ leavers, removals: [] }, examined), {
        system: 'test',
        now: examined,
      }),
    )
  const unseen = held('Blind', { state: 'open', ended: null, unseen: 'throttled' })

  it('never passes, whatever is known of the others', () => {
    expect(stateOf([leaver('a', [held('Source')])])).toBe('pass')
    expect(stateOf([leaver('a', [held('Source')]), leaver('b', [unseen])])).toBe('not-evaluated')
  })

  it('does not hide what is known to be open', () => {
    expect(stateOf([leaver('a', [unseen]), leaver('b', [held('Vault', stillOpen)])])).toBe('fail')
  })

  it('takes the good word for others away while something else is open in time', () => {
    const inTime = held('Vault', { state: 'open', lastOpen: '2026-11-10T23:30:00.000Z', ended: null })
    expect(stateOf([leaver('a', [held('Source')]), leaver('b', [unseen]), leaver('c', [inTime])])).toBe('info')
  })
})
