import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { authorities, authoritiesAsOf, findAuthority } from './authority.ts'
import { incidentErrors } from './errors.ts'
import { holidayRules } from './holiday.ts'
import { laws } from './law.ts'
import * as store from './store.ts'
import * as notices from './store-notice.ts'

const line = (least: number, most: number) =>
  z
    .string()
    .trim()
    .min(least)
    .max(most)
    .refine((text) => !/\p{Cc}|\p{Zl}|\p{Zp}/u.test(text))

const Terms = {
  name: line(2, 200),
  /** Where a notice goes. */
  contact: z.email().max(254),
  language: z.enum(['en', 'de']),
  /** Hours of the contract within which it is told; null: it names none. */
  hours: z.int().min(1).max(720).nullable(),
}
const Row = z.object(Terms)
const mostControllers = 5_000

const AuthorityView = z.object({
  id: z.string(),
  country: z.string(),
  area: z.string(),
  name: z.string(),
  seat: z.string().nullable(),
  web: z.string().nullable(),
  report: z.string().nullable(),
  source: z.string().nullable(),
})

/** What a case needs around it: the authority, who answers questions, the controllers, and the directory. */
export function settingOperations() {
  return [
    tenantOperation({
      id: 'incident.settings',
      summary: 'Shows the authority, the contact and the controllers that notices go to',
      needs: 'ledger:read',
      input: z.object({}),
      output: z.object({
        authority: z.string().nullable(),
        contact: z.string(),
        formIsOpen: z.boolean(),
        // Who is told another way has no mail address.
        controllers: z.array(Row.extend({ controllerId: z.uuid(), contact: z.string() })),
      }),
      async run(_, tx) {
        const { authority, contact, form_open: formIsOpen } = await store.findSetting(tx)
        const controllers = await notices.listControllers(tx)
        return {
          authority,
          contact,
          formIsOpen,
          controllers: controllers.map((one) => ({
            controllerId: one.id,
            name: one.name,
            contact: one.contact,
            language: one.language,
            hours: one.clock_hours,
          })),
        }
      },
    }),
    tenantOperation({
      id: 'incident.authorities',
      summary: 'Lists the supervisory authorities, and the rules by which clocks run, each with its source',
      needs: 'register:read',
      input: z.object({}),
      output: z.object({
        asOf: z.iso.date(),
        authorities: z.array(AuthorityView),
        laws: z.array(
          z.object({
            id: z.string(),
            from: z.iso.date(),
            countries: z.array(z.string()),
            hours: z.int().nullable(),
            threshold: z.enum(['risk', 'high']),
            periods: z.string().nullable(),
            source: z.string(),
            url: z.string(),
          }),
        ),
        holidays: z.array(z.object({ country: z.string(), source: z.string() })),
      }),
      run: () =>
        Promise.resolve({
          asOf: authoritiesAsOf,
          authorities: authorities.map((one) => ({ ...one })),
          laws: laws.map(({ countries, source, ...law }) => ({
            ...law,
            countries: [...countries],
            source: source.authority,
          })),
          holidays: holidayRules.map(({ country, source }) => ({ country, source })),
        }),
    }),
    tenantOperation({
      id: 'incident.configure',
      summary: 'Sets the authority of the establishment, who answers questions, and whether the public form is open',
      needs: 'register:write',
      changes: true,
      input: z.object({
        authority: z.string().max(20).nullable(),
        contact: z.string().trim().max(1_000),
        formIsOpen: z.boolean(),
      }),
      output: z.object({}),
      refuses: [incidentErrors.authority_unknown],
      async run({ authority, contact, formIsOpen }, tx) {
        if (authority !== null && !findAuthority(authority)) throw incidentErrors.authority_unknown()
        const before = await store.findSetting(tx)
        await store.saveSetting(tx, { authority, contact, form_open: formIsOpen })
        await changed(tx, 'settings', { before, after: { authority, contact, form_open: formIsOpen } })
        return {}
      },
    }),
    tenantOperation({
      id: 'incident.save_controller',
      summary: 'Adds a controller for whom the tenant processes, or changes one',
      needs: 'register:write',
      changes: true,
      input: z.object({ controllerId: z.uuid().nullable().default(null), ...Terms }),
      output: z.object({ controllerId: z.uuid() }),
      refuses: [incidentErrors.controller_not_found, incidentErrors.name_taken, incidentErrors.too_many],
      async run({ controllerId, ...terms }, tx) {
        const known = await notices.listControllers(tx)
        if (controllerId !== null && !known.some(({ id }) => id === controllerId))
          throw incidentErrors.controller_not_found()
        if (known.length >= mostControllers) throw incidentErrors.too_many({ most: mostControllers })
        const id = controllerId ?? (await notices.findControllerByName(tx, terms.name)) ?? tx.newId()
        if (controllerId === null && known.some((one) => one.id === id)) throw incidentErrors.name_taken()
        if (!(await save(tx, id, terms))) throw incidentErrors.name_taken()
        return { controllerId: id }
      },
    }),
    tenantOperation({
      id: 'incident.import_controllers',
      summary:
        'Adds and changes controllers from lines of name, mail address, hours and language, separated by semicolons',
      needs: 'register:write',
      changes: true,
      input: z.object({ lines: z.string().min(1).max(500_000) }),
      output: z.object({ saved: z.int() }),
      refuses: [incidentErrors.bad_line, incidentErrors.too_many],
      async run({ lines }, tx) {
        const rows = parseLines(lines)
        if (rows.length > mostControllers) throw incidentErrors.too_many({ most: mostControllers })
        for (const terms of rows)
          await save(tx, (await notices.findControllerByName(tx, terms.name)) ?? tx.newId(), terms)
        return { saved: rows.length }
      },
    }),
    tenantOperation({
      id: 'incident.remove_controller',
      summary: 'Takes a controller from the list; cases that name it keep it',
      needs: 'register:write',
      changes: true,
      input: z.object({ controllerId: z.uuid() }),
      output: z.object({}),
      refuses: [incidentErrors.controller_not_found],
      async run({ controllerId }, tx) {
        if (!(await notices.listControllers(tx)).some(({ id }) => id === controllerId))
          throw incidentErrors.controller_not_found()
        await notices.endController(tx, controllerId)
        await changed(tx, 'controller', { after: { controller: controllerId, ended: true } })
        return {}
      },
    }),
  ]
}

/** The state of the tenant's supervisory authority, whose holidays count; empty: nobody has said. */
export async function countryOf(tx: TenantContext): Promise<string> {
  return findAuthority((await store.findSetting(tx)).authority)?.country ?? ''
}

/** The tenant's supervisory authority as people are told of it; null: nobody has said which. */
export async function authorityOf(tx: TenantContext): Promise<string | null> {
  const authority = findAuthority((await store.findSetting(tx)).authority)
  return authority ? `${authority.name} (${authority.web ?? authority.seat ?? authority.country})` : null
}

async function save(tx: TenantContext, id: string, { name, contact, language, hours }: z.output<typeof Row>) {
  const isSaved = await notices.saveController(tx, { id, name, contact, language, clock_hours: hours })
  if (isSaved) await changed(tx, 'controller', { after: { controller: id, name, hours, language } })
  return isSaved
}

/** @throws {incident.bad_line} naming the first one that does not fit; nothing is kept of the others */
function parseLines(lines: string): z.output<typeof Row>[] {
  return lines
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap((text, index) => {
      if (text.trim() === '') return []
      const [name = '', contact = '', hours = '', language = ''] = text
        .split(';')
        .map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
      const row = Row.safeParse({
        name,
        contact,
        language: language === '' ? 'en' : language,
        hours: hours === '' ? null : Number(hours),
      })
      if (!row.success) throw incidentErrors.bad_line({ line: index + 1 })
      return [row.data]
    })
}

async function changed(tx: TenantContext, code: string, content: Readonly<Record<string, unknown>>): Promise<void> {
  await tx.append({ type: 'incident.changed', about: { kind: 'tenant', id: tx.tenant.id }, code, content })
}
