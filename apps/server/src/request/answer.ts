import { z } from 'zod'
import { listInForce, openMatter, stepMatter } from '../contract/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { attachFiles, fileErrors } from '../file/index.ts'
import { authorityOf } from '../incident/index.ts'
import { eraseAddress } from '../privacy/index.ts'
import { clockOf, daysBetween } from './clock.ts'
import { requestErrors } from './errors.ts'
import { Line, Text } from './asking.ts'
import { draftOf } from './letters.ts'
import type { Activity } from './letters.ts'
import { changed, getOpen, Id, todayIn } from './operations.ts'
import { clockFor, grounds, letterKinds, remindersDue } from './request.ts'
import type { Kind } from './request.ts'
import { freeze, lookFor } from './search.ts'
import type { FindAccount } from './search.ts'
import { tell, ways } from './send.ts'
import { stand } from './stand.ts'
import * as store from './store.ts'
import type { RequestRow } from './store.ts'
import { addItem, findItem, itemStates, settleItem } from './store-search.ts'

/** What answering requests needs of the rest of the server. */
export interface AnswerDependencies {
  readonly mailIsSet: boolean
  readonly findAccount: FindAccount
  /** What the record of processing says as controller: known further right. */
  readonly activitiesOf: (tx: TenantContext) => Promise<readonly Activity[]>
}

const mostItems = 500
const said = { subject: Line(3, 200), text: Text(3, 20_000), way: z.enum(ways) }
const fileIds = z.array(z.uuid()).max(20).default([])
const wrongFiles = [fileErrors.not_found, fileErrors.removed, fileErrors.too_many]

/** What is done until a request is answered, refused or passed on. */
export function answerOperations({ mailIsSet, findAccount, activitiesOf }: AnswerDependencies) {
  return [
    tenantOperation({
      id: 'request.propose',
      summary: 'Drafts a letter to the person, in their language, with what the law asks for in it',
      needs: 'request:read',
      input: z.object({ ...Id, letter: z.enum(letterKinds), ground: z.enum(grounds).optional() }),
      output: z.object({ subject: z.string(), text: z.string(), mayMail: z.boolean() }),
      refuses: [requestErrors.not_found],
      async run({ requestId, letter, ground = null }, tx) {
        const row = await store.getRequest(tx, requestId)
        const { today, country } = await todayIn(tx)
        const { waitedDays, dueOn } = clockFor(row, today, country)
        const draft = draftOf(letter, {
          row,
          tenant: tx.tenant.name,
          language: row.language,
          dueOn,
          laterOn: clockOf(row.received_on, 3, waitedDays, country).dueOn,
          authority: await authorityOf(tx),
          hasPackage: row.looked_at !== null && (row.kinds.includes('access') || row.kinds.includes('portability')),
          ground,
          activities: row.kinds.includes('access') && letter === 'answer' ? await activitiesOf(tx) : [],
        })
        return { ...draft, mayMail: row.email !== null && mailIsSet }
      },
    }),
    tenantOperation({
      id: 'request.acknowledge',
      summary: 'Tells the person that the request was received, and by when they get an answer',
      needs: 'request:write',
      changes: true,
      input: z.object({ ...Id, ...said }),
      output: z.object({}),
      refuses: [requestErrors.not_found, requestErrors.closed, requestErrors.no_address, requestErrors.unfinished],
      async run({ requestId, ...telling }, tx) {
        const row = await getOpen(tx, requestId)
        await tell(tx, row, { kind: 'receipt', ...telling }, mailIsSet)
        await changed(tx, requestId, 'acknowledged', {})
        return {}
      },
    }),
    tenantOperation({
      id: 'request.tell_again',
      summary: 'Tells the person by another way what a letter said that did not arrive',
      needs: 'request:write',
      changes: true,
      input: z.object({ letterId: z.uuid(), way: z.enum(ways) }),
      output: z.object({}),
      refuses: [
        requestErrors.letter_not_found,
        requestErrors.letter_arrived,
        requestErrors.no_address,
        requestErrors.unfinished,
      ],
      async run({ letterId, way }, tx) {
        const letter = await store.findLetter(tx, letterId)
        if (!letter) throw requestErrors.letter_not_found()
        if (letter.state !== 'refused' && letter.state !== 'unknown') throw requestErrors.letter_arrived()
        const row = await store.getRequest(tx, letter.request_id)
        await tell(tx, row, { kind: letter.kind, way, subject: letter.subject, text: letter.text }, mailIsSet)
        await changed(tx, row.id, 'told-again', { content: { letter: letterId, way } })
        return {}
      },
    }),
    tenantOperation({
      id: 'request.ask_identity',
      summary: 'Asks the person who they are where there are reasonable doubts; the period waits until they answer',
      needs: 'request:write',
      changes: true,
      input: z.object({ ...Id, asked: Text(3, 1_000), reason: Text(3, 1_000), ...said }),
      output: z.object({}),
      refuses: [requestErrors.not_found, requestErrors.closed, requestErrors.no_address, requestErrors.unfinished],
      async run({ requestId, asked, reason, ...telling }, tx) {
        const row = await getOpen(tx, requestId)
        const { today } = await todayIn(tx)
        await store.changeRequest(tx, requestId, {
          state: 'identity',
          // Asking again does not make the wait longer: it runs from the first question on.
          identity_asked_on: row.state === 'identity' ? row.identity_asked_on : today,
          identity_settled_on: null,
          identity_asked: asked,
          identity_reason: reason,
          identity_how: '',
        })
        await tell(tx, row, { kind: 'identity', ...telling }, mailIsSet)
        await changed(tx, requestId, 'identity-asked', { after: { asked, reason } })
        return {}
      },
    }),
    tenantOperation({
      id: 'request.confirm_identity',
      summary: 'Says how it became clear who the person is; the period goes on',
      needs: 'request:write',
      changes: true,
      input: z.object({ ...Id, how: Text(3, 1_000) }),
      output: z.object({}),
      refuses: [requestErrors.not_found, requestErrors.closed, requestErrors.identity_not_asked],
      async run({ requestId, how }, tx) {
        const row = await getOpen(tx, requestId)
        if (row.state !== 'identity' || row.identity_asked_on === null) throw requestErrors.identity_not_asked()
        const { today } = await todayIn(tx)
        const waited = row.waited_days + daysBetween(row.identity_asked_on, today)
        await store.changeRequest(tx, requestId, {
          state: 'open',
          identity_settled_on: today,
          identity_how: how,
          waited_days: waited,
        })
        await store.addEntry(tx, requestId, 'identified')
        await changed(tx, requestId, 'identified', { after: { how, waited } })
        return {}
      },
    }),
    tenantOperation({
      id: 'request.extend',
      summary: 'Extends the period by two further months, with the reason told to the person within the first month',
      needs: 'edition:sign',
      changes: true,
      input: z.object({ ...Id, reason: Text(3, 2_000), ...said }),
      output: z.object({ dueOn: z.iso.date() }),
      refuses: [
        requestErrors.not_found,
        requestErrors.closed,
        requestErrors.extended,
        requestErrors.too_late,
        requestErrors.no_address,
        requestErrors.unfinished,
      ],
      async run({ requestId, reason, ...telling }, tx) {
        const row = await getOpen(tx, requestId)
        if (row.extended_on !== null) throw requestErrors.extended()
        const { today, country } = await todayIn(tx)
        if (clockFor(row, today, country).dueOn < today) throw requestErrors.too_late()
        const after = clockFor({ ...row, extended_on: today }, today, country)
        await store.changeRequest(tx, requestId, {
          extended_on: today,
          extension_reason: reason,
          told: remindersDue(after, today),
        })
        await tell(tx, row, { kind: 'extension', ...telling }, mailIsSet)
        await changed(tx, requestId, 'extended', { after: { dueOn: after.dueOn, reason } })
        return { dueOn: after.dueOn }
      },
    }),
    tenantOperation({
      id: 'request.look',
      summary:
        'Looks for the person in every store of the tenant, and lists the systems elsewhere in which somebody looks',
      needs: 'request:write',
      changes: true,
      input: z.object({
        ...Id,
        mails: z.array(z.email().max(254)).max(10),
        names: z.array(Line(4, 200)).max(10).default([]),
      }),
      output: z.object({}),
      refuses: [requestErrors.not_found, requestErrors.closed],
      async run({ requestId, mails, names }, tx) {
        const row = await getOpen(tx, requestId)
        await lookFor(tx, row, { mails, names }, findAccount)
        return {}
      },
    }),
    tenantOperation({
      id: 'request.add_item',
      summary: 'Puts a system on the list of those in which somebody looks for the person',
      needs: 'request:write',
      changes: true,
      input: z.object({ ...Id, name: Line(2, 200) }),
      output: z.object({ itemId: z.uuid() }),
      refuses: [requestErrors.not_found, requestErrors.closed, requestErrors.too_many],
      async run({ requestId, name }, tx) {
        await getOpen(tx, requestId)
        const { rows } = await tx.sql.query<{ n: number }>(
          'select count(*)::int as n from request_item where request_id = $1',
          [requestId],
        )
        if ((rows[0]?.n ?? 0) >= mostItems) throw requestErrors.too_many({ most: mostItems })
        const itemId = await addItem(tx, requestId, { kind: 'other', ref: null, name })
        await changed(tx, requestId, 'item', { after: { item: itemId, name } })
        return { itemId }
      },
    }),
    tenantOperation({
      id: 'request.settle_item',
      summary: 'Says what came of looking in a system elsewhere; what could not be looked at is not nothing',
      needs: 'request:write',
      changes: true,
      input: z.object({ itemId: z.uuid(), state: z.enum(itemStates), note: Text(0, 2_000).default('') }),
      output: z.object({}),
      refuses: [requestErrors.item_not_found, requestErrors.reason_needed],
      async run({ itemId, state, note }, tx) {
        const item = await findItem(tx, itemId)
        if (!item) throw requestErrors.item_not_found()
        if (state === 'not-reached' && note === '') throw requestErrors.reason_needed()
        await settleItem(tx, itemId, state, note)
        await changed(tx, item.request_id, 'item', { after: { item: itemId, state, note } })
        return {}
      },
    }),
    tenantOperation({
      id: 'request.erase',
      summary: 'Erases what lies at a mail address that was looked for; what is kept stays, and why is said',
      needs: 'edition:sign',
      changes: true,
      input: z.object({
        ...Id,
        /** Typed once more, exactly. */
        email: z.email().max(254),
        /** What is kept all the same, and by which law. */
        keptReason: Text(0, 4_000).default(''),
      }),
      output: z.object({ erased: z.record(z.string(), z.int()) }),
      refuses: [
        requestErrors.not_found,
        requestErrors.closed,
        requestErrors.not_looked,
        requestErrors.not_confirmed,
        requestErrors.has_account,
      ],
      async run({ requestId, email, keptReason }, tx) {
        const row = await getOpen(tx, requestId)
        if (row.looked_at === null) throw requestErrors.not_looked()
        if (!(row.looked_for.mails ?? []).includes(email)) throw requestErrors.not_confirmed()
        const account = await findAccount(email)
        if (account && (await store.isMember(tx, account.id, allRoles))) throw requestErrors.has_account()
        const erased = await eraseAddress(tx, email)
        await store.changeRequest(tx, requestId, { kept_reason: keptReason })
        await store.addEntry(tx, requestId, 'erased')
        await tx.append({
          type: 'request.erased',
          about: { kind: 'request', id: requestId },
          content: { content: { erased, keptReason } },
        })
        return { erased }
      },
    }),
    tenantOperation({
      id: 'request.answer',
      summary: 'Answers a request, with the data behind the link where they are handed out',
      needs: 'edition:sign',
      changes: true,
      input: z.object({
        ...Id,
        ...said,
        /** Whether what was found is handed out behind the link. */
        handsOut: z.boolean().default(false),
        /** Of the files of the request: those that are handed out, too. */
        fileIds,
      }),
      output: z.object({}),
      refuses: [
        requestErrors.not_found,
        requestErrors.closed,
        requestErrors.role_needed,
        requestErrors.not_your_role,
        requestErrors.not_looked,
        requestErrors.no_address,
        requestErrors.unfinished,
        ...wrongFiles,
      ],
      async run({ requestId, handsOut, fileIds: brought, ...telling }, tx) {
        const row = await getOpen(tx, requestId)
        mustDecide(row)
        if (handsOut && row.looked_at === null) throw requestErrors.not_looked()
        const files = await attachFiles(tx, { kind: 'request', id: requestId }, brought)
        const { package_days: days } = await store.findSetting(tx)
        const endsAt = new Date(tx.now.getTime() + days * 86_400_000)
        const sha256 = handsOut ? await freeze(tx, row, { findAccount, files: brought, endsAt }) : null
        await decide(tx, row, 'answered', {
          package: sha256?.toString('hex') ?? null,
          files: files.map((one) => one.sha256),
        })
        await tell(tx, row, { kind: 'answer', ...telling }, mailIsSet)
        return {}
      },
    }),
    tenantOperation({
      id: 'request.refuse',
      summary: 'Refuses a request with the reason, the complaint and the court that are open to the person',
      needs: 'edition:sign',
      changes: true,
      input: z.object({ ...Id, ...said, ground: z.enum(grounds), reason: Text(3, 4_000) }),
      output: z.object({}),
      refuses: [
        requestErrors.not_found,
        requestErrors.closed,
        requestErrors.role_needed,
        requestErrors.not_your_role,
        requestErrors.no_address,
        requestErrors.unfinished,
      ],
      async run({ requestId, ground, reason, ...telling }, tx) {
        const row = await getOpen(tx, requestId)
        mustDecide(row)
        await store.changeRequest(tx, requestId, { ground, reason })
        await decide(tx, row, 'refused', { ground, reason })
        await tell(tx, row, { kind: 'refusal', ...telling }, mailIsSet)
        return {}
      },
    }),
    tenantOperation({
      id: 'request.forward',
      summary: 'Passes a request on to the customer who decides about the data (Art. 28(3)(e) GDPR)',
      needs: 'edition:sign',
      changes: true,
      input: z.object({ ...Id, ...said, contractId: z.uuid() }),
      output: z.object({ matterId: z.uuid() }),
      refuses: [
        requestErrors.not_found,
        requestErrors.closed,
        requestErrors.contract_not_found,
        requestErrors.no_address,
        requestErrors.unfinished,
      ],
      async run({ requestId, contractId, ...telling }, tx) {
        const row = await getOpen(tx, requestId)
        const agreed = (await listInForce(tx)).find(({ contract }) => contract.id === contractId)
        if (!agreed) throw requestErrors.contract_not_found()
        const { today } = await todayIn(tx)
        const matterId = await openMatter(tx, agreed.contract, {
          kind: 'request',
          openedOn: row.received_on,
          said: { right: rightOf(row.kinds), reference: String(row.number) },
          roomId: null,
          fileIds: [],
        })
        const to = { en: 'Whoever answers for data protection', de: 'Zuständige Stelle für Datenschutz' }
        await stepMatter(tx, {
          matterId,
          state: 'forwarded',
          onDay: today,
          said: { to: to[tx.tenant.language] },
          fileIds: [],
        })
        await store.changeRequest(tx, requestId, { role: 'processor', matter_id: matterId })
        await decide(tx, row, 'forwarded', { matter: matterId })
        await tell(tx, row, { kind: 'forwarded', ...telling }, mailIsSet)
        return { matterId }
      },
    }),
  ]
}

const allRoles = ['owner', 'editor', 'signatory', 'dpo', 'member'] as const

/** @throws {request.role_needed | request.not_your_role} where the tenant does not decide about the data */
function mustDecide({ role }: RequestRow): void {
  if (role === null) throw requestErrors.role_needed()
  if (role === 'processor') throw requestErrors.not_your_role()
}

/** The right as agreements with customers name it. */
function rightOf(kinds: readonly Kind[]): string {
  const known = ['access', 'rectification', 'erasure', 'restriction', 'portability', 'objection']
  return kinds.find((kind) => known.includes(kind)) ?? 'other'
}

async function decide(
  tx: TenantContext,
  row: RequestRow,
  state: 'answered' | 'refused' | 'forwarded',
  content: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { today, country } = await todayIn(tx)
  const { dueOn, waitedDays } = clockFor(row, today, country)
  await store.changeRequest(tx, row.id, {
    state,
    waited_days: waitedDays,
    decided_on: today,
    decided_due: dueOn,
    closed_at: tx.now,
  })
  await store.addEntry(tx, row.id, state)
  await tx.append({
    type: 'request.closed',
    about: { kind: 'request', id: row.id },
    code: state,
    content: { content: { ...content, receivedOn: row.received_on, decidedOn: today, dueOn } },
  })
  await stand(tx)
}
