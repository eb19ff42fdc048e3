import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { EntraFacts } from '../facts.ts'

/** What guests may see, the same ids in every tenant. */
const roles: Readonly<Record<string, 'limited' | 'restricted' | 'member'>> = {
  '10dae51f-b6af-4016-8d66-8c2a99b929b3': 'limited',
  '2af84b1e-32c8-42b7-82bc-daa82404023b': 'restricted',
  'a0b1b346-4d3e-4e8b-98f8-753987be4970': 'member',
}

export const entraGuestAccess = {
  id: 'entra.guest-access',
  version: 1,
  connector: 'entra',
  title: {
    en: 'Guests are limited and invitations restricted',
    de: 'Gäste sind eingeschränkt, Einladungen begrenzt',
  },
  why: {
    en: 'A guest with the rights of a member reads the whole directory, and a guest who may invite brings others nobody knows.',
    de: 'Ein Gast mit den Rechten eines Mitglieds liest das ganze Verzeichnis, und ein Gast, der einladen darf, bringt andere mit, die niemand kennt.',
  },
  remedy: {
    en: 'In the external collaboration settings give guests limited or restricted access, and let only administrators and guest inviters invite.',
    de: 'In den Einstellungen für externe Zusammenarbeit Gästen eingeschränkten Zugriff geben und nur Administratoren und Gasteinladende einladen lassen.',
  },
  severity: 'medium',
  serves: [
    { measure: 'central-identity', as: 'supports' },
    { measure: 'access-provisioning', as: 'supports' },
  ],
  params: noParams,
  reads: ['authorization'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.5.15', 'CIS Microsoft 365 5.1.6.2', 'CIS Microsoft 365 5.1.6.3'],
  sources: [
    'https://learn.microsoft.com/en-us/entra/identity/users/users-restrict-guest-permissions',
    'https://learn.microsoft.com/en-us/entra/external-id/external-collaboration-settings-configure',
  ],
  pitfalls: [
    'The access level is an id, not a word; one that Microsoft adds later does not pass until it is known.',
    'Restrictions on the domains that may be invited are another setting and are not judged here.',
  ],
  messages: {
    limited: { en: 'Guests have limited access.', de: 'Gäste haben eingeschränkten Zugriff.' },
    restricted: {
      en: 'Guests see nothing but themselves.',
      de: 'Gäste sehen nur sich selbst.',
    },
    member: {
      en: 'Guests have the same access as members.',
      de: 'Gäste haben denselben Zugriff wie Mitglieder.',
    },
    unknown: {
      en: 'The access level of guests ({role}) is not one of the restricted ones.',
      de: 'Die Zugriffsstufe der Gäste ({role}) ist keine der eingeschränkten.',
    },
    invites: {
      en: 'Who may invite is restricted ({who}).',
      de: 'Wer einladen darf, ist begrenzt ({who}).',
    },
    open: {
      en: 'Too many may invite guests ({who}).',
      de: 'Zu viele dürfen Gäste einladen ({who}).',
    },
  },
  judge({ authorization: { guestRole, invitesFrom } }) {
    const role = roles[guestRole?.toLowerCase() ?? ''] ?? 'unknown'
    const isLimited = role === 'limited' || role === 'restricted'
    const isRestricted = invitesFrom === 'adminsAndGuestInviters' || invitesFrom === 'none'
    return [
      (isLimited ? pass : fail)('guest-role', 'authorization.guestRole', role, { role: guestRole ?? '–' }),
      (isRestricted ? pass : fail)('invitations', 'authorization.invitesFrom', isRestricted ? 'invites' : 'open', {
        who: invitesFrom ?? '–',
      }),
    ]
  },
} satisfies Check<EntraFacts, 'authorization', typeof noParams>
