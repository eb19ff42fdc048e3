import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { paperDownload, paperErrors } from '../paper/index.ts'
import { itemErrors, personErrors } from './errors.ts'
import * as store from './item-store.ts'
import type { ItemRow } from './item-store.ts'
import { itemsPaper } from './papers.ts'
import type { LookedItem } from './papers.ts'
import { todayOf } from '../calendar/index.ts'
import { stateOf } from './person.ts'
import { getPerson } from './record-operations.ts'
import * as people from './store.ts'

const Day = z.iso.date()
const earliest = '1970-01-01'

const given = {
  kind: z.enum(store.itemKinds),
  label: z.string().trim().min(1).max(200),
  number: z.string().trim().max(100).default(''),
}

/** What can be done with devices, keys and cards. */
export function itemOperations() {
  return [
    tenantOperation({
      id: 'item.list',
      summary: 'Lists devices, keys and cards, and who has each',
      needs: 'person:read',
      input: z.object({}),
      output: z.object({
        today: Day,
        items: z.array(
          z.object({
            itemId: z.uuid(),
            kind: z.enum(store.itemKinds),
            label: z.string(),
            number: z.string(),
            isRetired: z.boolean(),
            retiredReason: z.string().nullable(),
            holder: z
              .object({ personId: z.uuid(), name: z.string(), since: Day, hasLeft: z.boolean(), note: z.string() })
              .nullable(),
            /** How often it was handed over. */
            handovers: z.int(),
          }),
        ),
      }),
      async run(_, tx) {
        const { today, things } = await lookAtItems(tx)
        return {
          today,
          items: things.map(({ item, open, holder, count }) => ({
            itemId: item.id,
            kind: item.kind,
            label: item.label,
            number: item.number,
            isRetired: item.retired_at !== null,
            retiredReason: item.retired_reason,
            holder:
              open && holder
                ? {
                    personId: holder.id,
                    name: holder.name,
                    since: open.issued_on,
                    hasLeft: stateOf(holder, today) === 'left',
                    note: open.note,
                  }
                : null,
            handovers: count,
          })),
        }
      },
    }),
    tenantOperation({
      id: 'item.add',
      summary: 'Adds a device, key or card to the register',
      needs: 'person:write',
      changes: true,
      input: z.object(given),
      output: z.object({ itemId: z.uuid() }),
      refuses: [itemErrors.number_taken],
      async run(input, tx) {
        const id = tx.newId()
        if (await store.findSameNumber(tx, { id, ...input })) throw itemErrors.number_taken()
        await store.saveItem(tx, { id, ...input })
        await tx.append({
          type: 'device.changed',
          about: { kind: 'item', id },
          code: 'added',
          content: { after: input },
        })
        return { itemId: id }
      },
    }),
    tenantOperation({
      id: 'item.change',
      summary: 'Corrects what the register says of a device, key or card',
      needs: 'person:write',
      changes: true,
      input: z.object({ itemId: z.uuid(), ...given }),
      output: z.object({}),
      refuses: [itemErrors.not_found, itemErrors.number_taken, itemErrors.retired],
      async run({ itemId, ...input }, tx) {
        const before = await getItem(tx, itemId)
        if (await store.findSameNumber(tx, { id: itemId, ...input })) throw itemErrors.number_taken()
        await store.saveItem(tx, { id: itemId, ...input })
        await tx.append({
          type: 'device.changed',
          about: { kind: 'item', id: itemId },
          content: { before: { kind: before.kind, label: before.label, number: before.number }, after: input },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'item.retire',
      summary:
        'Takes something out of the register, with a reason such as lost, broken or destroyed; who had it stays on record',
      needs: 'person:write',
      changes: true,
      input: z.object({ itemId: z.uuid(), reason: z.string().trim().min(3).max(1_000) }),
      output: z.object({}),
      refuses: [itemErrors.not_found, itemErrors.retired],
      async run({ itemId, reason }, tx) {
        await getItem(tx, itemId)
        const open = await store.findOpen(tx, itemId)
        // What is gone is no longer to be returned.
        if (open) await store.endHandover(tx, { ...open, returned_on: laterOf(await todayOf(tx), open.issued_on) })
        await store.retireItem(tx, itemId, reason)
        await tx.append({
          type: 'device.changed',
          about: { kind: 'item', id: itemId },
          code: 'retired',
          content: { before: { isHeld: open !== undefined }, reason: { reason } },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'item.issue',
      summary: 'Says that somebody was handed a device, key or card',
      needs: 'person:write',
      changes: true,
      input: z.object({
        itemId: z.uuid(),
        personId: z.uuid(),
        issuedOn: Day,
        note: z.string().trim().max(1_000).default(''),
      }),
      output: z.object({}),
      refuses: [itemErrors.not_found, itemErrors.held, itemErrors.retired, itemErrors.bad_day, personErrors.not_found],
      async run({ itemId, personId, issuedOn, note }, tx) {
        const item = await getItem(tx, itemId)
        await getPerson(tx, personId)
        const until = await todayOf(tx)
        if (issuedOn > until) throw itemErrors.bad_day({ from: earliest, until })
        if (await store.findOpen(tx, itemId)) throw itemErrors.held()
        await store.addHandover(tx, { id: tx.newId(), item_id: itemId, person_id: personId, issued_on: issuedOn, note })
        await tx.append({
          type: 'device.issued',
          about: { kind: 'person', id: personId },
          code: item.kind,
          content: { after: { item: itemId, issuedOn } },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'item.return',
      summary: 'Says that a device, key or card came back',
      needs: 'person:write',
      changes: true,
      input: z.object({ itemId: z.uuid(), returnedOn: Day, note: z.string().trim().max(1_000).default('') }),
      output: z.object({}),
      refuses: [itemErrors.not_found, itemErrors.not_held, itemErrors.retired, itemErrors.bad_day],
      async run({ itemId, returnedOn, note }, tx) {
        const item = await getItem(tx, itemId)
        const open = await store.findOpen(tx, itemId)
        if (!open) throw itemErrors.not_held()
        const until = await todayOf(tx)
        if (returnedOn > until || returnedOn < open.issued_on) throw itemErrors.bad_day({ from: open.issued_on, until })
        await store.endHandover(tx, { ...open, returned_on: returnedOn, note: note === '' ? open.note : note })
        await tx.append({
          type: 'device.returned',
          about: { kind: 'person', id: open.person_id },
          code: item.kind,
          content: { before: { issuedOn: open.issued_on }, after: { item: itemId, returnedOn } },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'item.export',
      summary: 'Hands out the register of devices, keys and cards as table or document',
      kind: 'download',
      needs: 'person:read',
      input: z.object({
        format: z.enum(['pdf', 'docx', 'csv']).default('csv'),
        language: z.enum(['en', 'de']).default('en'),
        /** Without it, nobody is named. */
        names: z.enum(['yes', 'no']).default('no'),
      }),
      output: z.unknown(),
      refuses: Object.values(paperErrors),
      async run({ format, language, names }, tx) {
        const { things } = await lookAtItems(tx)
        const paper = itemsPaper(things, { language, names: names === 'yes' })
        return await paperDownload({ tx, paper, format, name: 'devices-and-keys' })
      },
    }),
  ]
}

async function lookAtItems(tx: TenantContext): Promise<{ today: string; things: LookedItem[] }> {
  const handovers = Map.groupBy(await store.listHandovers(tx), (row) => row.item_id)
  const known = new Map((await people.listPeople(tx)).map((row) => [row.id, row]))
  const things = (await store.listItems(tx)).map((item): LookedItem => {
    const own = handovers.get(item.id) ?? []
    const open = own.find((row) => row.returned_on === null)
    return { item, open, holder: open && known.get(open.person_id), count: own.length }
  })
  return { today: await todayOf(tx), things }
}

async function getItem(tx: TenantContext, id: string): Promise<ItemRow> {
  const row = await store.findItem(tx, id)
  if (!row) throw itemErrors.not_found()
  if (row.retired_at !== null) throw itemErrors.retired()
  return row
}

const laterOf = (one: string, other: string) => (one > other ? one : other)
