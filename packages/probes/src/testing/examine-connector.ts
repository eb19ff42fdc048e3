import { hash } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { openBudgets } from '../api/budget.ts'
import { collect } from '../engine/connector.ts'
import { changesBetween } from './changes.ts'
import type { Connector, Sent } from '../engine/connector.ts'
import type { Reading, Seen } from '../engine/reading.ts'
import { testContext } from './servers.ts'
import { faults } from './vendor.ts'
import type { Fault, VendorServer } from './vendor.ts'

/** What every connector of a vendor's API is examined with. */
type Cases = {
  /** A server on which everything can be seen. Started for each test. */
  readonly start: () => Promise<VendorServer>
  /** Settings that lead to it. */
  readonly settings: (base: string) => Record<string, unknown>
  /** Credentials that stand in the settings: none of them may ever come out. */
  readonly secrets: readonly string[]
  /** By call: the groups of facts that are not seen when this one call fails; all others stay. `*`: all of them. */
  readonly hurts: Readonly<Record<string, readonly string[]>>
  /** Calls whose faults another test file examines, so that none of them takes too long. */
  readonly elsewhere?: readonly string[]
  /** Faults that mean something else for a call, as 404 for a thing that need not exist: the groups are seen then. */
  readonly harmless?: Readonly<Record<string, readonly Fault[]>>
}

const allFaults = Object.keys(faults) as Fault[]

/** Examines a connector of a vendor's API the same way as every other: what it says under each fault, and in what time. */
export function examineConnector(connector: Connector, cases: Cases): void {
  let vendor: VendorServer | undefined
  afterEach(async () => {
    await vendor?.close()
    vendor = undefined
  })
  // Long, so that a busy machine is not taken for a silent vendor.
  const look = async (prepare?: (server: VendorServer) => void, silenceMs = 5_000) => {
    vendor = await cases.start()
    prepare?.(vendor)
    return { ...(await lookAt(vendor, silenceMs)), vendor }
  }
  const lookAt = async (server: VendorServer, silenceMs = 5_000) => {
    const sent: Sent[] = []
    // One refusal to hurry would silence all other calls of the credential, and hide which groups hang on which call.
    const budgets = { ...openBudgets(), pause: () => undefined }
    const limits = { silenceMs, answerBytes: 1_048_576 }
    // As where facts are stored: nobody's name is among them.
    const pseudonym = (person: string) => `person-${hash('sha256', person).slice(0, 32)}`
    const context = testContext({ budgets, limits, pseudonym, sent: (one) => sent.push(one) })
    const reading = await collect(connector, cases.settings(server.base), context)
    return { reading, sent }
  }

  describe(`the connector ${connector.id}`, () => {
    it('sees every group of facts, asks by the description only, and lets no credential out', async () => {
      const { reading, sent, vendor: server } = await look()
      expect(unseenOf(reading, connector)).toEqual({})
      expect(server.mistakes).toEqual([])
      expect(new Set(server.calls)).toEqual(new Set([...Object.keys(cases.hurts), ...(cases.elsewhere ?? [])]))
      expect(sent.length).toBe(server.calls.length)
      const shown = JSON.stringify([reading, sent])
      for (const secret of cases.secrets) expect(shown).not.toContain(secret)
    })

    it('finds no change from one look to the next where nothing was changed', async () => {
      const first = await look()
      const { reading } = await lookAt(first.vendor)
      expect(changesBetween(connector, first.reading, reading)).toEqual([])
    })

    const table = Object.keys(cases.hurts).flatMap((call) => allFaults.map((fault) => [call, fault] as const))
    it.each(table)('when %s meets %s says why, and sees the rest', async (call, fault) => {
      const { reading, vendor: server } = await look(
        (one) => one.fail(fault, call),
        fault === 'an answer that never ends' ? 300 : undefined,
      )
      const hurt = cases.harmless?.[call]?.includes(fault) ? [] : (cases.hurts[call] ?? [])
      const groups = hurt.includes('*') ? Object.keys(connector.facts) : hurt
      const unseen = Object.entries(unseenOf(reading, connector))
      // Who asks to slow down is left alone: what was still to be asked is not seen either, for the same reason.
      const isOwn = ([group, why]: [string, string]) => groups.includes(group) || why !== 'throttled'
      const own = faults[fault] === 'throttled' ? unseen.filter(isOwn) : unseen
      expect(Object.fromEntries(own)).toEqual(Object.fromEntries(groups.map((group) => [group, faults[fault]])))
      expect(server.mistakes).toEqual([])
      const shown = JSON.stringify(reading)
      for (const secret of cases.secrets) expect(shown).not.toContain(secret)
    })
  })
}

/** The reason of each group that was not seen, or not completely; where the whole look failed, that of the look. */
function unseenOf(reading: Reading, connector: Connector): Record<string, string> {
  if (reading.read === 'no') {
    const { why } = reading
    return Object.fromEntries(Object.keys(connector.facts).map((group) => [group, why]))
  }
  return Object.fromEntries(
    Object.entries<Seen<unknown>>(reading.facts).flatMap(([group, one]) =>
      one.read === 'no' ? [[group, one.why]] : one.complete ? [] : [[group, 'incomplete']],
    ),
  )
}
