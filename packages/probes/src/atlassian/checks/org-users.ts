import { z } from 'zod'
import { fail, info, pass, unlessDeclared } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { dayMs } from '../../engine/duration.ts'
import { field } from '../../engine/text.ts'
import type { AtlassianFacts } from '../facts.ts'

const params = z.object({
  inactiveDays: field(z.int().min(1).max(730).default(90), {
    label: { en: 'Inactive after', de: 'Inaktiv nach' },
    unit: 'days',
  }),
  external: field(z.array(z.string()).default([]), {
    label: { en: 'Declared external accounts', de: 'Angegebene externe Konten' },
    help: { en: 'Ids of accounts at Atlassian', de: 'Kennungen von Konten bei Atlassian' },
  }),
  secondFactor: field(z.enum(['tell', 'require']).default('tell'), {
    label: { en: 'Second factor at Atlassian', de: 'Zweiter Faktor bei Atlassian' },
    help: {
      en: 'Tell only where people sign in through an identity provider',
      de: 'Nur nennen, wo die Anmeldung über einen Identitätsanbieter läuft',
    },
  }),
})

export const atlassianOrgUsers = {
  id: 'atlassian.org-users',
  version: 1,
  connector: 'atlassian',
  title: {
    en: 'The Atlassian organisation has no inactive or unmanaged users',
    de: 'Die Atlassian-Organisation hat keine inaktiven oder nicht verwalteten Benutzer',
  },
  why: {
    en: 'An account that nobody uses is missed by nobody when it is taken over; one that the organisation does not manage follows no rule of it.',
    de: 'Ein Konto, das niemand nutzt, vermisst bei einer Übernahme niemand; eines, das die Organisation nicht verwaltet, folgt keiner ihrer Regeln.',
  },
  remedy: {
    en: 'Suspend or deactivate accounts that nobody uses. Claim accounts of your own domains; take access from the others, or declare them as external with a reason.',
    de: 'Ungenutzte Konten sperren oder deaktivieren. Konten der eigenen Domains übernehmen; den anderen den Zugang nehmen oder sie mit Begründung als extern angeben.',
  },
  severity: 'medium',
  serves: [
    { measure: 'access-provisioning', as: 'supports' },
    { measure: 'access-review', as: 'supports' },
    { measure: 'mfa', as: 'supports' },
    { measure: 'offboarding', as: 'supports' },
  ],
  params,
  reads: ['managed', 'people'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.5.18', 'ISO/IEC 27001:2022 A.8.5', 'CIS Controls 5.3'],
  sources: [
    'https://developer.atlassian.com/cloud/admin/organization/rest/api-group-users/',
    'https://support.atlassian.com/user-management/docs/what-are-managed-accounts/',
  ],
  pitfalls: [
    'Activity comes up to a day late, and counts only what was looked at for two seconds; the last activity of accounts that are not managed is not told.',
    'An account without any activity counts from the day on which it was added; where that is not told either, it is named and not failed.',
    'The second factor is the one at Atlassian. Whoever signs in through an identity provider has it there, so it is only told unless it is required by a parameter.',
    'Rules for signing in (authentication policies) can be changed by the interface, and not read.',
  ],
  messages: {
    used: { en: 'All {count} managed accounts are in use.', de: 'Alle {count} verwalteten Konten werden genutzt.' },
    claimed: {
      en: 'All {count} people with access are managed or declared as external.',
      de: 'Alle {count} Personen mit Zugang sind verwaltet oder als extern angegeben.',
    },
    inactive: { en: 'Not active since {day}.', de: 'Seit dem {day} nicht aktiv.' },
    never: { en: 'Added on {day} and never active.', de: 'Am {day} aufgenommen und nie aktiv.' },
    unknown: { en: 'Atlassian tells no activity.', de: 'Atlassian nennt keine Aktivität.' },
    unmanaged: {
      en: 'Has access and is not managed by the organisation.',
      de: 'Hat Zugang und wird nicht von der Organisation verwaltet.',
    },
    'unmanaged-admin': {
      en: 'Administers the organisation and is not managed by it.',
      de: 'Verwaltet die Organisation und wird nicht von ihr verwaltet.',
    },
    single: { en: 'Has no second factor at Atlassian.', de: 'Hat bei Atlassian keinen zweiten Faktor.' },
    singles: {
      en: '{count} managed accounts have no second factor at Atlassian.',
      de: '{count} verwaltete Konten haben bei Atlassian keinen zweiten Faktor.',
    },
  },
  judge({ managed, people }, { inactiveDays, external, secondFactor }, now) {
    if (managed.length === 0 && people.length === 0) return []
    const added = new Map(people.map(({ id, addedAt }) => [id, addedAt]))
    const limit = now.getTime() - inactiveDays * dayMs
    const unused = managed.flatMap(({ id, lastActive }, index) =>
      judgeActivity({ id, because: `managed.${index}`, lastActive, addedAt: added.get(id) ?? null }, limit),
    )
    const foreign = people.flatMap(({ id, managed: isManaged, admin }, index) =>
      isManaged || external.includes(id)
        ? []
        : [
            unlessDeclared(fail(id, `people.${index}`, admin ? 'unmanaged-admin' : 'unmanaged'), {
              list: 'external',
              values: [id],
            }),
          ],
    )
    return [
      ...orPass(unused, pass('activity', 'managed', 'used', { count: managed.length })),
      ...orPass(foreign, pass('management', 'people', 'claimed', { count: people.length })),
      ...judgeFactor(people, secondFactor),
    ]
  },
} satisfies Check<AtlassianFacts, 'managed' | 'people', typeof params>

/** Where nothing fails, it passes; what is only told stays beside it. */
const orPass = (verdicts: readonly Verdict[], otherwise: Verdict) =>
  verdicts.some(({ state }) => state === 'fail') ? verdicts : [otherwise, ...verdicts]

function judgeActivity(
  one: { id: string; because: string; lastActive: string | null; addedAt: string | null },
  limit: number,
): Verdict[] {
  const since = one.lastActive ?? one.addedAt
  if (since === null) return [info(`${one.id} activity`, one.because, 'unknown')]
  if (Date.parse(since) >= limit) return []
  const key = one.lastActive === null ? 'never' : 'inactive'
  return [fail(`${one.id} activity`, one.because, key, { day: since.slice(0, 10) })]
}

function judgeFactor(people: AtlassianFacts['people'], wanted: 'tell' | 'require'): Verdict[] {
  const single = people.flatMap(({ id, managed, secondFactor }, index) =>
    managed && secondFactor === false ? [{ id, index }] : [],
  )
  if (wanted === 'require')
    return single.map(({ id, index }) => fail(`${id} second factor`, `people.${index}`, 'single'))
  return single.length === 0 ? [] : [info('second factor', 'people', 'singles', { count: single.length })]
}
