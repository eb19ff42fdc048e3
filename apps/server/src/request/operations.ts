import { z } from 'zod'
import { listInForce } from '../contract/index.ts'
import { addDays, dayAt } from '../calendar/index.ts'
import { findDay } from '../duty/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { HistoryDependencies, TenantContext } from '../evidence/index.ts'
import { attachFiles, fileErrors, FileShown, listFiles } from '../file/index.ts'
import { countryOf } from '../incident/index.ts'
import { bug } from '../kernel/index.ts'
import { paperDownload, paperErrors } from '../paper/index.ts'
import { nameOfStore, purposes } from '../privacy/index.ts'
import { requestErrors } from './errors.ts'
import { Asking, Text } from './asking.ts'
import { hashOfText, receive, renewLink } from './intake.ts'
import { letterPaper, registerPaper, registerTable } from './papers.ts'
import { isClosed, kinds, shownState, sources, states } from './request.ts'
import { currentFigure, freshUntil, measureId, stand } from './stand.ts'
import * as store from './store.ts'
import type { RequestRow } from './store.ts'
import { findPackage, listItems, listPlaces } from './store-search.ts'
import {
  Day,
  Instant,
  ItemView,
  LetterView,
  PlaceView,
  RequestLine,
  RequestView,
  viewLine,
  viewRequest,
} from './views.ts'
import type { Today } from './views.ts'

/** What operations on requests need of the rest of the server. */
export interface IntakeDependencies extends HistoryDependencies {
  readonly baseUrl: string
}

export const Id = { requestId: z.uuid() }
export const language = z.enum(['en', 'de']).default('en')
const fileIds = z.array(z.uuid()).max(20).default([])

/** Roles that may see requests: of whoever else works here nobody learns who asked. */
export const workers = ['owner', 'signatory', 'dpo'] as const

/** Taking requests in, reading them, and the register. */
export function intakeOperations({ accountsById, baseUrl }: IntakeDependencies) {
  const linkOf = (tx: TenantContext, token: string) => `${baseUrl}/trust/${tx.tenant.slug}/request/${token}`
  return [
    tenantOperation({
      id: 'request.list',
      summary: 'Lists requests of data subjects with their periods, and how many were answered in time',
      needs: 'request:read',
      input: z.object({ state: z.enum(states).optional() }),
      output: z.object({
        today: Day,
        onTime: z.int(),
        counted: z.int(),
        overdue: z.int(),
        requests: z.array(RequestLine),
      }),
      async run({ state }, tx) {
        const at = await todayIn(tx)
        const rows = await store.listRequests(tx)
        const { onTime, counted } = await currentFigure(tx)
        const lines = rows.map((row) => viewLine(row, at))
        return {
          today: at.today,
          onTime,
          counted,
          overdue: lines.filter((line) => line.isOverdue).length,
          requests: lines.filter((_, index) => {
            const row = rows[index]
            return row !== undefined && (state === undefined ? !isClosed(row) : shownState(row) === state)
          }),
        }
      },
    }),
    tenantOperation({
      id: 'request.show',
      summary: 'Shows a request of a data subject: its clock, what was found where, what was said',
      needs: 'request:read',
      input: z.object(Id),
      output: z.object({
        today: Day,
        timeZone: z.string(),
        request: RequestView,
        places: z.array(PlaceView),
        items: z.array(ItemView),
        letters: z.array(LetterView),
        entries: z.array(z.object({ kind: z.string(), text: z.string(), at: Instant, by: z.string().nullable() })),
        package: z
          .object({ madeAt: Instant, endsAt: Instant, taken: z.int(), takenAt: Instant.nullable(), sha256: z.string() })
          .nullable(),
        files: z.array(FileShown),
        people: z.array(z.object({ accountId: z.uuid(), name: z.string() })),
        /** Agreements in force: to whom it can be passed on. */
        agreements: z.array(z.object({ contractId: z.uuid(), customer: z.string() })),
      }),
      refuses: [requestErrors.not_found],
      run: async ({ requestId }, tx) => await show(tx, requestId, accountsById),
    }),
    tenantOperation({
      id: 'request.record',
      summary: 'Writes down a request that came by mail, letter, phone or in person, with the day on which it came',
      needs: 'request:write',
      changes: true,
      input: z.object({
        kinds: Asking.shape.kinds,
        source: z.enum(sources).exclude(['form']),
        name: Asking.shape.name.default(''),
        email: Asking.shape.email.default(null),
        postal: Asking.shape.postal.default(''),
        text: Text(3, 10_000),
        receivedOn: Day,
        language,
      }),
      output: z.object({
        requestId: z.uuid(),
        number: z.int(),
        /** Shown only now. */
        url: z.string(),
      }),
      refuses: [requestErrors.bad_day],
      async run({ receivedOn, ...given }, tx) {
        const { today } = await findDay(tx)
        if (receivedOn > today || receivedOn < addDays(today, -365)) throw requestErrors.bad_day()
        const { requestId, number, token } = await receive(tx, {
          ...given,
          kinds: [...new Set(given.kinds)],
          received_on: receivedOn,
        })
        return { requestId, number, url: linkOf(tx, token) }
      },
    }),
    tenantOperation({
      id: 'request.renew_link',
      summary: 'Makes a new link by which the person reads their request; the one before opens nothing any more',
      needs: 'request:write',
      changes: true,
      input: z.object(Id),
      output: z.object({
        /** Shown only now. */
        url: z.string(),
      }),
      refuses: [requestErrors.not_found],
      async run({ requestId }, tx) {
        await store.getRequest(tx, requestId)
        const token = await renewLink(tx, requestId)
        await changed(tx, requestId, 'link-renewed', {})
        return { url: linkOf(tx, token) }
      },
    }),
    tenantOperation({
      id: 'request.triage',
      summary:
        'Says what is asked for, whether we decide about these data or process them for a customer, and who answers',
      needs: 'request:write',
      changes: true,
      input: z.object({
        ...Id,
        kinds: z.array(z.enum(kinds)).min(1).max(kinds.length),
        role: z.enum(['controller', 'processor']),
        ownerAccount: z.uuid().nullable().default(null),
      }),
      output: z.object({}),
      refuses: [requestErrors.not_found, requestErrors.closed, requestErrors.person_not_found],
      async run({ requestId, kinds: asked, role, ownerAccount }, tx) {
        const row = await getOpen(tx, requestId)
        if (ownerAccount !== null && !(await store.isMember(tx, ownerAccount, workers)))
          throw requestErrors.person_not_found()
        const wanted = [...new Set(asked)]
        await store.changeRequest(tx, requestId, { kinds: wanted, role, owner_account: ownerAccount })
        await store.addEntry(tx, requestId, 'triaged')
        await changed(tx, requestId, 'triaged', {
          before: { kinds: [...row.kinds], role: row.role },
          after: { kinds: wanted, role, isAssigned: ownerAccount !== null },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'request.note',
      summary: 'Writes a note into a request that only people here read, with files where there are some',
      needs: 'request:write',
      changes: true,
      input: z.object({ ...Id, text: Text(1, 8_000), fileIds }),
      output: z.object({}),
      refuses: [requestErrors.not_found, fileErrors.not_found, fileErrors.removed, fileErrors.too_many],
      async run({ requestId, text, fileIds: brought }, tx) {
        await store.getRequest(tx, requestId)
        const files = await attachFiles(tx, { kind: 'request', id: requestId }, brought)
        await store.addEntry(tx, requestId, 'note', text)
        await changed(tx, requestId, 'note', {
          content: { text: hashOfText(text), files: files.map(({ sha256 }) => sha256) },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'request.settings',
      summary:
        'Shows whether the public form is open, for how long a package is handed out, and who signed the process',
      needs: 'request:read',
      input: z.object({}),
      output: z.object({ formIsOpen: z.boolean(), packageDays: z.int(), signedAt: Instant.nullable() }),
      async run(_, tx) {
        const { form_open: formIsOpen, package_days: packageDays, set_at: at } = await store.findSetting(tx)
        return { formIsOpen, packageDays, signedAt: at?.toISOString() ?? null }
      },
    }),
    tenantOperation({
      id: 'request.configure',
      summary: 'Opens or closes the public form, and signs that requests are answered as it is written here',
      needs: 'edition:sign',
      changes: true,
      input: z.object({ formIsOpen: z.boolean(), packageDays: z.int().min(7).max(90).default(30) }),
      output: z.object({}),
      async run({ formIsOpen, packageDays }, tx) {
        const { timeZone } = await findDay(tx)
        const record = {
          format: 'art32.sign-off/1',
          measure: measureId,
          at: tx.now.toISOString(),
          freshUntil: freshUntil(dayAt(tx.now, timeZone), timeZone).toISOString(),
          evidence: [],
        }
        const { 'sign-off': commitment } = await tx.append({
          type: 'signoff.given',
          about: { kind: 'tenant', id: tx.tenant.id },
          code: 'request',
          content: { 'sign-off': record, after: { formIsOpen, packageDays } },
        })
        if (!commitment) throw bug('a sign-off was appended without its commitment')
        const { role } = tx.caller
        await store.saveSetting(tx, {
          form_open: formIsOpen,
          package_days: packageDays,
          role,
          set_at: tx.now,
          commitment,
        })
        await stand(tx)
        return {}
      },
    }),
    tenantOperation({
      id: 'request.register',
      summary: 'Hands out the register of requests without the people behind them',
      kind: 'download',
      needs: 'request:read',
      input: z.object({ format: z.enum(['pdf', 'docx', 'csv']), language }),
      output: z.unknown(),
      refuses: Object.values(paperErrors),
      async run({ format, language: spoken }, tx) {
        const rows = (await store.listRequests(tx)).toReversed()
        const table = registerTable(rows, await todayIn(tx), spoken)
        const paper = registerPaper(table, await currentFigure(tx), spoken)
        return await paperDownload({ tx, paper, format, name: 'register-of-requests', table })
      },
    }),
    tenantOperation({
      id: 'request.letter',
      summary: 'Hands out a letter as it was said to the person',
      kind: 'download',
      needs: 'request:read',
      input: z.object({ letterId: z.uuid(), format: z.enum(['pdf', 'docx']) }),
      output: z.unknown(),
      refuses: [requestErrors.letter_not_found, ...Object.values(paperErrors)],
      async run({ letterId, format }, tx) {
        const letter = await store.findLetter(tx, letterId)
        if (!letter) throw requestErrors.letter_not_found()
        const row = await store.getRequest(tx, letter.request_id)
        return await paperDownload({ tx, paper: letterPaper(row, letter), format, name: `request-${row.number}` })
      },
    }),
  ]
}

/** The day of the tenant, and whose holidays count. */
export async function todayIn(tx: TenantContext): Promise<Today> {
  const { today } = await findDay(tx)
  return { today, country: await countryOf(tx) }
}

/** A request that goes on. @throws {request.not_found | request.closed} */
export async function getOpen(tx: TenantContext, id: string): Promise<RequestRow> {
  const row = await store.getRequest(tx, id)
  if (isClosed(row)) throw requestErrors.closed()
  return row
}

/** Says in the ledger that a request changed. */
export async function changed(
  tx: TenantContext,
  id: string,
  code: string,
  content: Readonly<Record<string, unknown>>,
): Promise<void> {
  await tx.append({ type: 'request.changed', about: { kind: 'request', id }, code, content })
}

async function show(tx: TenantContext, id: string, accountsById: HistoryDependencies['accountsById']) {
  const row = await store.getRequest(tx, id)
  const { timeZone } = await findDay(tx)
  const at = await todayIn(tx)
  const entries = await store.listEntries(tx, id)
  const items = await listItems(tx, id)
  const people = await store.listWorkers(tx, workers)
  const mentioned = [row.owner_account, ...entries.map((one) => one.account_id), ...items.map((one) => one.account_id)]
  const names = await accountsById([...new Set([...people, ...mentioned.flatMap((one) => one ?? [])])])
  const nameOf = (account: string | null) => (account === null ? null : (names.get(account)?.name ?? null))
  const kept = await findPackage(tx, id)
  const purposesById: Readonly<
    Record<string, { what: { en: string; de: string }; until: { en: string; de: string } }>
  > = purposes
  return {
    today: at.today,
    timeZone,
    request: viewRequest(row, at, { owner: nameOf(row.owner_account), linkEndsAt: await store.linkEnds(tx, id) }),
    places: (await listPlaces(tx, id)).map(({ place, purpose, own, named, not_looked: notLooked }) => ({
      place,
      name: nameOfStore(place),
      what: purposesById[purpose]?.what ?? { en: purpose, de: purpose },
      until: purposesById[purpose]?.until ?? { en: '', de: '' },
      own,
      named,
      notLooked: notLooked.map((one) => ({ ...one })),
    })),
    items: items.map((one) => ({
      itemId: one.id,
      kind: one.kind,
      name: one.name,
      state: one.state,
      note: one.note,
      settledAt: one.settled_at?.toISOString() ?? null,
      by: nameOf(one.account_id),
    })),
    letters: (await store.listLetters(tx, id)).map((one) => ({
      letterId: one.id,
      kind: one.kind,
      way: one.way,
      state: one.state,
      subject: one.subject,
      text: one.text,
      madeAt: one.made_at.toISOString(),
      toldAt: one.told_at?.toISOString() ?? null,
      sha256: one.sha256.toString('hex'),
    })),
    entries: entries.map((one) => ({
      kind: one.kind,
      text: one.text,
      at: one.at.toISOString(),
      by: nameOf(one.account_id),
    })),
    package: kept
      ? {
          madeAt: kept.made_at.toISOString(),
          endsAt: kept.ends_at.toISOString(),
          taken: kept.taken,
          takenAt: kept.taken_at?.toISOString() ?? null,
          sha256: kept.sha256.toString('hex'),
        }
      : null,
    files: (await listFiles(tx, 'request', [id])).get(id) ?? [],
    agreements: isClosed(row)
      ? []
      : (await listInForce(tx)).map(({ contract, customer }) => ({ contractId: contract.id, customer: customer.name })),
    people: people.map((accountId) => ({ accountId, name: nameOf(accountId) ?? '–' })),
  }
}
