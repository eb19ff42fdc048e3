import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { GithubFacts } from '../facts.ts'

export const ghDefaultPermission = {
  id: 'gh.default-permission',
  version: 1,
  connector: 'github',
  title: {
    en: 'Members have no write access by default',
    de: 'Mitglieder haben standardmäßig keine Schreibrechte',
  },
  why: {
    en: 'A right that everybody has by membership follows no role, and a single account that is taken over reaches all repositories.',
    de: 'Ein Recht, das alle durch Mitgliedschaft haben, folgt keiner Rolle, und ein übernommenes Konto erreicht alle Repositorys.',
  },
  remedy: {
    en: 'Set the base permission of the organisation to "no permission" or "read", and give rights to write by teams.',
    de: 'Setzen Sie das Grundrecht der Organisation auf „keines“ oder „lesen“ und vergeben Sie Schreibrechte über Teams.',
  },
  severity: 'medium',
  serves: [
    { measure: 'rbac', as: 'proves' },
    { measure: 'access-provisioning', as: 'supports' },
    { measure: 'least-privilege', as: 'supports' },
  ],
  params: noParams,
  reads: ['defaults'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['CIS GitHub Benchmark 1.3.8', 'ISO/IEC 27001:2022 A.5.18', 'ISO/IEC 27001:2022 A.8.4'],
  sources: [
    'https://docs.github.com/en/organizations/managing-user-access-to-your-organizations-repositories/managing-repository-roles/setting-base-permissions-for-an-organization',
  ],
  pitfalls: [
    'Rights that are given to single people on single repositories are not seen here.',
    'The setting is shown to owners only; where it is left out, the check is not evaluated.',
  ],
  messages: {
    low: { en: 'The base permission is {permission}.', de: 'Das Grundrecht ist {permission}.' },
    high: {
      en: 'The base permission is {permission}: all members may change all repositories.',
      de: 'Das Grundrecht ist {permission}: Alle Mitglieder dürfen alle Repositorys ändern.',
    },
  },
  judge({ defaults: { permission } }) {
    const isLow = permission === 'none' || permission === 'read'
    return [(isLow ? pass : fail)('organisation', 'defaults.permission', isLow ? 'low' : 'high', { permission })]
  },
} satisfies Check<GithubFacts, 'defaults', typeof noParams>
