import { z } from 'zod'
import { fail, info, pass, unlessDeclared } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { GitFacts } from '../facts.ts'

const params = z.object({
  approved: field(z.array(z.string()).default([]), {
    label: { en: 'Approved scopes', de: 'Freigegebene Berechtigungen' },
  }),
})

export const forgeScopesMinimal = {
  id: 'forge.scopes-minimal',
  version: 1,
  connector: 'git',
  title: {
    en: 'The Forge app asks for approved scopes only',
    de: 'Die Forge-App verlangt nur freigegebene Berechtigungen',
  },
  why: {
    en: 'Each scope opens data of every customer to the app.',
    de: 'Jede Berechtigung öffnet der App Daten aller Kunden.',
  },
  remedy: {
    en: 'Remove scopes that no module needs, and approve each new one before release.',
    de: 'Berechtigungen entfernen, die kein Modul braucht, und jede neue vor der Auslieferung freigeben.',
  },
  severity: 'high',
  serves: [
    { measure: 'api-token-auth', as: 'supports' },
    { measure: 'least-privilege', as: 'supports' },
    { measure: 'no-production-access', as: 'supports' },
    { measure: 'data-minimisation', as: 'supports' },
    { measure: 'privacy-by-design', as: 'supports' },
  ],
  params,
  reads: ['forge'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['GDPR Art. 25', 'ISO/IEC 27001:2022 A.8.26'],
  sources: ['https://developer.atlassian.com/platform/forge/manifest-reference/permissions/'],
  pitfalls: [
    'Without a list of approved scopes nothing can be compared: scopes are told, and only those that administer or write everywhere fail.',
    'Judged is the manifest at the head, not the version that is deployed.',
  ],
  messages: {
    approved: { en: '{scope} is approved.', de: '{scope} ist freigegeben.' },
    unapproved: { en: '{scope} is not approved.', de: '{scope} ist nicht freigegeben.' },
    asked: { en: '{scope} is asked for.', de: '{scope} wird verlangt.' },
    broad: {
      en: '{scope} is very broad and not approved.',
      de: '{scope} ist sehr weitreichend und nicht freigegeben.',
    },
    none: { en: 'The app asks for no scope.', de: 'Die App verlangt keine Berechtigung.' },
  },
  judge({ forge: { present, scopes } }, { approved }) {
    if (!present) return []
    if (scopes.length === 0) return [pass('scopes', 'forge.scopes', 'none')]
    return scopes.map((scope, index) => {
      const because = `forge.scopes.${index}`
      if (approved.includes(scope)) return pass(scope, because, 'approved', { scope })
      const near = { list: 'approved', values: [scope] }
      if (approved.length > 0) return unlessDeclared(fail(scope, because, 'unapproved', { scope }), near)
      return isBroad(scope)
        ? unlessDeclared(fail(scope, because, 'broad', { scope }), near)
        : info(scope, because, 'asked', { scope })
    })
  },
} satisfies Check<GitFacts, 'forge', typeof params>

const isBroad = (scope: string) =>
  /^(manage|admin):|^(write|delete):[^:]*(user|permission|group)|:impersonate|^act-as/.test(scope)
