import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import type { HistoryDependencies, TenantContext } from '../evidence/index.ts'
import * as store from './checklist-store.ts'
import type { TemplateItem } from './checklist-store.ts'
import { shippedTemplates } from './checklist-templates.ts'
import { checklistErrors, personErrors } from './errors.ts'
import { addDays, todayOf } from '../calendar/index.ts'
import { getPerson } from './record-operations.ts'
import { namesOf } from './show.ts'
import * as people from './store.ts'
import { PointView, viewPoint } from './views.ts'

const Day = z.iso.date()
const Kind = z.enum(store.checklistKinds)
const Items = z
  .array(z.object({ text: z.string().trim().min(3).max(500), days: z.int().min(-366).max(366) }).strict())
  .min(1)
  .max(60)

/** What can be done with lists for joiners, movers and leavers. */
export function checklistOperations({ accountsById }: HistoryDependencies) {
  return [
    tenantOperation({
      id: 'checklist.templates',
      summary: 'Lists the templates for joiners, movers and leavers: those that come with art32, and the tenant’s own',
      needs: 'person:read',
      input: z.object({ language: z.enum(['en', 'de']).default('en') }),
      output: z.object({
        templates: z.array(
          z.object({
            /** Null: it comes with art32. */
            templateId: z.uuid().nullable(),
            kind: Kind,
            title: z.string(),
            items: z.array(z.object({ text: z.string(), days: z.int() })),
          }),
        ),
      }),
      async run({ language }, tx) {
        const own = (await store.listTemplates(tx)).map(({ id, kind, title, items }) => ({
          templateId: id,
          kind,
          title,
          items: [...items],
        }))
        const shipped = shippedTemplates.map(({ key, title, items }) => ({
          templateId: null,
          kind: key,
          title: title[language],
          items: [...items[language]],
        }))
        return { templates: [...shipped, ...own] }
      },
    }),
    tenantOperation({
      id: 'checklist.save_template',
      summary: 'Adds a template of one’s own, or changes one; lists that were begun stay as they are',
      needs: 'person:write',
      changes: true,
      input: z.object({
        templateId: z.uuid().nullable().default(null),
        kind: Kind,
        title: z.string().trim().min(1).max(200),
        items: Items,
      }),
      output: z.object({ templateId: z.uuid() }),
      refuses: [checklistErrors.template_not_found],
      async run({ templateId, kind, title, items }, tx) {
        if (templateId !== null && !(await store.findTemplate(tx, templateId)))
          throw checklistErrors.template_not_found()
        const id = templateId ?? tx.newId()
        await store.saveTemplate(tx, { id, kind, title, items })
        await tx.append({
          type: 'checklist.changed',
          about: { kind: 'checklist', id },
          content: { after: { kind, title, items } },
        })
        return { templateId: id }
      },
    }),
    tenantOperation({
      id: 'checklist.remove_template',
      summary: 'Removes a template of one’s own; lists that were begun with it stay',
      needs: 'person:write',
      changes: true,
      input: z.object({ templateId: z.uuid() }),
      output: z.object({}),
      refuses: [checklistErrors.template_not_found],
      async run({ templateId }, tx) {
        if (!(await store.findTemplate(tx, templateId))) throw checklistErrors.template_not_found()
        await store.removeTemplate(tx, templateId)
        await tx.append({ type: 'checklist.removed', about: { kind: 'checklist', id: templateId }, code: 'template' })
        return {}
      },
    }),
    tenantOperation({
      id: 'checklist.start',
      summary: 'Begins a list for somebody: by the template that comes with art32, or one of one’s own',
      needs: 'person:write',
      changes: true,
      input: z.object({
        personId: z.uuid(),
        kind: Kind,
        templateId: z.uuid().nullable().default(null),
        /** The day on which they join, move or leave. */
        fromOn: Day,
        language: z.enum(['en', 'de']).default('en'),
      }),
      output: z.object({ checklistId: z.uuid() }),
      refuses: [personErrors.not_found, checklistErrors.template_not_found],
      async run({ personId, kind, templateId, fromOn, language }, tx) {
        await getPerson(tx, personId)
        const { title, items } = await templateOf(tx, kind, templateId, language)
        const id = tx.newId()
        const points = items.map(({ text, days }) => ({ text, due_on: addDays(fromOn, days) }))
        await store.addChecklist(tx, { id, person_id: personId, kind, title, from_on: fromOn }, points)
        await tx.append({
          type: 'checklist.started',
          about: { kind: 'person', id: personId },
          code: kind,
          content: { after: { checklist: id, fromOn, points: points.length } },
        })
        return { checklistId: id }
      },
    }),
    tenantOperation({
      id: 'checklist.tick',
      summary: 'Says that a point of a list was done, is not needed, or is open again',
      needs: 'person:write',
      changes: true,
      input: z.object({
        itemId: z.uuid(),
        state: z.enum(store.itemStates),
        /** The day on which it was done; left out: today. */
        doneOn: Day.optional(),
        note: z.string().trim().max(1_000).default(''),
      }),
      output: z.object({}),
      refuses: [checklistErrors.item_not_found, checklistErrors.needs_note, checklistErrors.day_to_come],
      async run({ itemId, state, doneOn, note }, tx) {
        const row = await store.findItem(tx, itemId)
        const list = row && (await store.findChecklist(tx, row.checklist_id))
        if (!row || !list) throw checklistErrors.item_not_found()
        const today = await todayOf(tx)
        if (doneOn !== undefined && doneOn > today) throw checklistErrors.day_to_come()
        if (state === 'not-needed' && note.length < 3) throw checklistErrors.needs_note()
        const done = state === 'done' ? (doneOn ?? today) : null
        await store.tickItem(tx, { id: itemId, state, done_on: done, note })
        await tx.append({
          type: 'checklist.ticked',
          about: { kind: 'person', id: list.person_id },
          code: state,
          content: { before: { state: row.state }, after: { point: itemId, checklist: list.id, state, doneOn: done } },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'checklist.remove',
      summary: 'Removes a list that was begun by mistake, with all its points',
      needs: 'person:write',
      changes: true,
      input: z.object({ checklistId: z.uuid() }),
      output: z.object({}),
      refuses: [checklistErrors.not_found],
      async run({ checklistId }, tx) {
        const list = await store.findChecklist(tx, checklistId)
        if (!list) throw checklistErrors.not_found()
        await store.removeChecklist(tx, checklistId)
        await tx.append({
          type: 'checklist.removed',
          about: { kind: 'person', id: list.person_id },
          code: list.kind,
          content: { before: { checklist: checklistId, fromOn: list.from_on } },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'checklist.list',
      summary: 'Lists the open points of all lists, the oldest first',
      needs: 'person:read',
      input: z.object({}),
      output: z.object({
        today: Day,
        points: z.array(PointView.extend({ personId: z.uuid(), name: z.string(), kind: Kind })),
      }),
      async run(_, tx) {
        const today = await todayOf(tx)
        const lists = new Map((await store.listChecklists(tx)).map((row) => [row.id, row]))
        const named = new Map((await people.listPeople(tx)).map((row) => [row.id, row.name]))
        const rows = await store.listItems(tx, { openOnly: true, limit: 500 })
        const names = await namesOf(
          accountsById,
          rows.map((row) => row.account_id),
        )
        return {
          today,
          points: rows.flatMap((row) => {
            const list = lists.get(row.checklist_id)
            const name = list && named.get(list.person_id)
            if (!list || name === undefined) return []
            return [{ ...viewPoint(row, names, today), personId: list.person_id, name, kind: list.kind }]
          }),
        }
      },
    }),
  ]
}

async function templateOf(
  tx: TenantContext,
  kind: (typeof store.checklistKinds)[number],
  templateId: string | null,
  language: 'en' | 'de',
): Promise<{ title: string; items: readonly TemplateItem[] }> {
  const own = templateId === null ? undefined : await store.findTemplate(tx, templateId)
  if (templateId !== null && own?.kind !== kind) throw checklistErrors.template_not_found()
  if (own) return own
  const shipped = shippedTemplates.find((one) => one.key === kind)
  if (!shipped) throw checklistErrors.template_not_found()
  return { title: shipped.title[language], items: shipped.items[language] }
}
