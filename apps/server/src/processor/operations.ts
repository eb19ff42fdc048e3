import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { changeOperations } from './change-operations.ts'
import type { Periods } from './change.ts'
import { documentOperations } from './document-operations.ts'
import type { DocumentDependencies } from './document-operations.ts'
import { processorErrors } from './errors.ts'
import { exportOperation } from './export.ts'
import { keepOperations } from './keep-operations.ts'
import { lookAtAll, maySeePeople } from './look.ts'
import { todayOf } from '../calendar/index.ts'
import { eea, mostDeep } from './processor.ts'
import * as store from './store.ts'
import type { ProcessorRow } from './store.ts'
import { findTemplate, seen, sources, templates } from './templates.ts'
import { AgreementView, given, ProcessorView, ProofView, ShareView } from './views.ts'
import { vouchAnew } from './vouching.ts'

const Said = z.object({ services: z.string(), purpose: z.string() })
const Does = z.object({ processor: z.string(), us: z.string(), customer: z.string() })
const Reason = z.string().trim().min(3).max(1_000)

/** What processors need of the rest of the server. */
export interface ProcessorDependencies extends DocumentDependencies {
  readonly periods: Periods
}

/** What can be done with processors. */
export function processorOperations(dependencies: ProcessorDependencies) {
  return [
    ...registerOperations(),
    ...keepOperations(),
    ...changeOperations(dependencies),
    ...documentOperations(dependencies),
    exportOperation(),
  ]
}

function registerOperations() {
  return [
    tenantOperation({
      id: 'processor.templates',
      summary: 'Lists processors that many have, with their own pages and the measures that they usually guarantee',
      needs: 'register:read',
      input: z.object({}),
      output: z.object({
        /** The month in which the addresses were last found, and where. */
        seen: z.string(),
        templates: z.array(
          z.object({
            template: z.string(),
            name: z.string(),
            address: z.string(),
            contactAt: z.string(),
            source: z.string(),
            en: Said,
            de: Said,
            links: given.links.unwrap(),
            measures: z.array(z.object({ measure: z.string(), en: Does, de: Does })),
          }),
        ),
      }),
      run: () =>
        Promise.resolve({
          seen,
          templates: templates.map(({ id, links, measures, ...one }) => ({
            ...one,
            template: id,
            source: sources[id] ?? '',
            links: [...links],
            measures: [...measures],
          })),
        }),
    }),
    tenantOperation({
      id: 'processor.list',
      summary: 'Lists the processors and their sub-processors with how each stands',
      needs: 'register:read',
      input: z.object({}),
      output: z.object({
        today: z.iso.date(),
        isPublic: z.boolean(),
        noticeDays: z.int(),
        processors: z.array(ProcessorView),
      }),
      run: async (_, tx) => ({
        today: await todayOf(tx),
        ...(await store.findSetting(tx)),
        processors: (await lookAtAll(tx)).map(({ processor }) => seenBy(tx, processor)),
      }),
    }),
    tenantOperation({
      id: 'processor.show',
      summary: 'Shows a processor with its agreements, certificates, reports and what it guarantees',
      needs: 'register:read',
      input: z.object({ processorId: z.uuid() }),
      output: z.object({
        today: z.iso.date(),
        processor: ProcessorView,
        agreements: z.array(AgreementView),
        proofs: z.array(ProofView),
        shares: z.array(ShareView),
      }),
      refuses: [processorErrors.not_found],
      async run({ processorId }, tx) {
        const found = (await lookAtAll(tx)).find(({ processor }) => processor.processorId === processorId)
        if (!found) throw processorErrors.not_found()
        return {
          today: await todayOf(tx),
          processor: seenBy(tx, found.processor),
          agreements: [...found.agreements],
          proofs: [...found.proofs],
          shares: [...found.shares],
        }
      },
    }),
    tenantOperation({
      id: 'processor.add',
      summary: 'Adds a processor that processes already, or one that is planned and has to be announced',
      needs: 'register:write',
      changes: true,
      input: z.object(addition),
      output: z.object({ processorId: z.uuid() }),
      refuses: [
        processorErrors.no_template,
        processorErrors.not_found,
        processorErrors.bad_chain,
        processorErrors.transfer_needed,
      ],
      run: async (input, tx) => ({ processorId: await addProcessor(tx, input) }),
    }),
    tenantOperation({
      id: 'processor.change',
      summary: 'Changes what is recorded of a processor',
      needs: 'register:write',
      changes: true,
      input: z.object({ processorId: z.uuid(), revision: z.int(), ...given }),
      output: z.object({ revision: z.int() }),
      refuses: [
        processorErrors.not_found,
        processorErrors.stale,
        processorErrors.ended,
        processorErrors.bad_chain,
        processorErrors.transfer_needed,
      ],
      async run({ processorId, revision, ...input }, tx) {
        const before = await store.getProcessor(tx, processorId, true)
        if (before.state === 'ended') throw processorErrors.ended()
        if (before.revision !== revision) throw processorErrors.stale()
        const fields = fieldsOf(input)
        // Whoever may not see the contact person does not empty it.
        const contact = maySeePeople(tx) ? fields.contact_name : before.contact_name
        const row: ProcessorRow = { ...before, ...fields, contact_name: contact, revision: revision + 1 }
        await checkRow(tx, row)
        await store.saveProcessor(tx, row)
        await tx.append({
          type: 'processor.changed',
          about: { kind: 'processor', id: processorId },
          content: { before: told(before), after: told(row) },
        })
        await vouchAnew(tx, processorId)
        return { revision: row.revision }
      },
    }),
    tenantOperation({
      id: 'processor.end',
      summary: 'Says that a processor no longer processes, with a reason; its records stay',
      needs: 'register:write',
      changes: true,
      input: z.object({ processorId: z.uuid(), reason: Reason, on: z.iso.date().optional() }),
      output: z.object({}),
      refuses: [processorErrors.not_found, processorErrors.ended],
      async run({ processorId, reason, on }, tx) {
        const before = await store.getProcessor(tx, processorId, true)
        if (before.state === 'ended') throw processorErrors.ended()
        const row: ProcessorRow = {
          ...before,
          state: 'ended',
          ended_on: on ?? (await todayOf(tx)),
          revision: before.revision + 1,
        }
        await store.saveProcessor(tx, row)
        await tx.append({
          type: 'processor.ended',
          about: { kind: 'processor', id: processorId },
          content: { before: { state: before.state }, after: { endedOn: row.ended_on }, reason: { reason } },
        })
        await vouchAnew(tx, processorId)
        return {}
      },
    }),
  ]
}

const addition = {
  ...given,
  name: given.name.optional(),
  template: z.string().max(40).optional(),
  isPlanned: z.boolean().default(false),
  since: z.iso.date().nullable().default(null),
}

/**
 * Adds a processor in the caller's own transaction.
 *
 * @throws {processor.no_template | processor.bad_chain | processor.transfer_needed | processor.not_found}
 */
export async function addProcessor(tx: TenantContext, entered: z.input<z.ZodObject<typeof addition>>): Promise<string> {
  const { template: wanted, isPlanned, since, ...input } = z.object(addition).parse(entered)
  const template = wanted === undefined ? undefined : findTemplate(wanted)
  if (!template && (wanted !== undefined || input.name === undefined)) throw processorErrors.no_template()
  const said = template?.[tx.tenant.language]
  const row: ProcessorRow = {
    ...fieldsOf({
      ...input,
      name: input.name ?? template?.name ?? '',
      address: input.address || (template?.address ?? ''),
      contactAt: input.contactAt || (template?.contactAt ?? ''),
      services: input.services || (said?.services ?? ''),
      purpose: input.purpose || (said?.purpose ?? ''),
      links: input.links.length > 0 ? input.links : [...(template?.links ?? [])],
    }),
    id: tx.newId(),
    template: template?.id ?? null,
    state: isPlanned ? 'planned' : 'active',
    since: isPlanned ? null : (since ?? (await todayOf(tx))),
    ended_on: null,
    duty_id: null,
    revision: 1,
  }
  await checkRow(tx, row)
  await store.saveProcessor(tx, row)
  await tx.append({
    type: 'processor.created',
    about: { kind: 'processor', id: row.id },
    content: { after: told(row) },
  })
  return row.id
}

/** Whether any processor is recorded. */
export async function hasProcessors(tx: TenantContext): Promise<boolean> {
  return (await store.listProcessors(tx)).length > 0
}

function seenBy(tx: TenantContext, view: z.input<typeof ProcessorView>): z.input<typeof ProcessorView> {
  return maySeePeople(tx) ? view : { ...view, contactName: '' }
}

type Fields = Omit<ProcessorRow, 'id' | 'template' | 'state' | 'since' | 'ended_on' | 'duty_id' | 'revision'>

function fieldsOf(input: z.output<z.ZodObject<typeof given>>): Fields {
  return {
    parent_id: input.parentId,
    name: input.name,
    address: input.address,
    contact_function: input.contactFunction,
    contact_name: input.contactName,
    contact_at: input.contactAt,
    purpose: input.purpose,
    services: input.services,
    data_categories: input.dataCategories,
    places: [...new Set(input.places)],
    place_note: input.placeNote,
    transfer: input.transfer,
    transfer_note: input.transferNote,
    contract_of: input.contractOf,
    links: input.links,
    is_public: input.isPublic,
  }
}

/** What the ledger keeps beside it: no person. */
function told({ contact_name: _name, revision: _revision, id: _id, ...rest }: ProcessorRow): object {
  return rest
}

async function checkRow(tx: TenantContext, row: ProcessorRow): Promise<void> {
  const outside = row.places.filter((place) => !eea.has(place))
  if (outside.length > 0 && row.transfer === 'none')
    throw processorErrors.transfer_needed({ places: outside.join(', ') })
  let parent = row.parent_id
  for (let depth = 0; parent !== null; depth += 1) {
    if (parent === row.id || depth >= mostDeep) throw processorErrors.bad_chain()
    parent = (await store.getProcessor(tx, parent)).parent_id
  }
}
