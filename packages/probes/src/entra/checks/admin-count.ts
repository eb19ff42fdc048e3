import { z } from 'zod'
import { fail, info, pass, unlessDeclared } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import { declarationOf, declared, nearDeclaration } from '../declared.ts'
import type { EntraFacts } from '../facts.ts'

const params = z.object({
  min: field(z.int().min(1).default(2), { label: { en: 'At least', de: 'Mindestens' } }),
  max: field(z.int().min(1).default(4), { label: { en: 'At most', de: 'Höchstens' } }),
  declared,
})

export const entraAdminCount = {
  id: 'entra.admin-count',
  version: 1,
  connector: 'entra',
  title: { en: 'Two to four global administrators exist', de: 'Es gibt zwei bis vier globale Administratoren' },
  why: {
    en: 'A global administrator can read and change everything. With one, a lost key locks out the company; with many, some account will be taken.',
    de: 'Ein globaler Administrator kann alles lesen und ändern. Bei einem sperrt ein verlorener Schlüssel das Unternehmen aus, bei vielen wird irgendein Konto übernommen.',
  },
  remedy: {
    en: 'Give smaller roles, and the global one only to two to four accounts of single persons that exist in the cloud alone.',
    de: 'Kleinere Rollen vergeben und die globale nur zwei bis vier persönlichen Konten, die allein in der Cloud bestehen.',
  },
  severity: 'high',
  serves: [{ measure: 'minimal-admins', as: 'proves' }],
  params,
  reads: ['admins'],
  maxAge: 'P2D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.2', 'CIS Microsoft 365 1.1.3', 'CIS Microsoft 365 1.1.1'],
  sources: [
    'https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/best-practices',
    'https://learn.microsoft.com/en-us/graph/api/rbacapplication-list-roleassignments',
  ],
  pitfalls: [
    'Members of groups that hold the role count one by one; a group that cannot be resolved leaves the number unknown.',
    'Whoever may take the role for a time (Privileged Identity Management) counts as well.',
    'Emergency accounts count too; declare them where their name is generic.',
    'Disabled accounts do not count, since they cannot sign in, and are told.',
    'Who may only take the membership of such a group for a time cannot be seen here.',
  ],
  messages: {
    right: {
      en: '{count} accounts are global administrators or may become one.',
      de: '{count} Konten sind globale Administratoren oder dürfen es werden.',
    },
    few: {
      en: '{count} accounts are global administrators; at least {min} are needed.',
      de: '{count} Konten sind globale Administratoren; mindestens {min} sind nötig.',
    },
    many: {
      en: '{count} accounts are global administrators or may become one; {max} are allowed.',
      de: '{count} Konten sind globale Administratoren oder dürfen es werden; zulässig sind {max}.',
    },
    application: {
      en: 'The application {account} is global administrator.',
      de: 'Die Anwendung {account} ist globaler Administrator.',
    },
    guest: {
      en: 'The guest {account} is global administrator.',
      de: 'Der Gast {account} ist globaler Administrator.',
    },
    synced: {
      en: 'The global administrator {account} comes from a directory on premises: whoever takes that takes this.',
      de: 'Der globale Administrator {account} stammt aus einem lokalen Verzeichnis: Wer jenes übernimmt, hat auch dieses.',
    },
    generic: {
      en: 'The global administrator {account} has a generic name and no declared owner.',
      de: 'Der globale Administrator {account} hat einen generischen Namen und keinen erklärten Inhaber.',
    },
    disabled: {
      en: 'The disabled account {account} still holds the role.',
      de: 'Das gesperrte Konto {account} hat die Rolle noch.',
    },
    declared: {
      en: 'The global administrator {account} is declared.',
      de: 'Der globale Administrator {account} ist erklärt.',
    },
  },
  judge({ admins }, { min, max, declared: list }, now) {
    if (admins.length === 0) return []
    const count = admins.filter(({ kind, enabled }) => kind === 'user' && enabled).length
    const says = { count, min, max }
    const number =
      count < min
        ? fail('count', 'admins', 'few', says)
        : (count > max ? fail : pass)('count', 'admins', count > max ? 'many' : 'right', says)
    const each = admins.flatMap((admin, index): Verdict[] => {
      const fault = faultOf(admin)
      if (fault === undefined) return []
      const isDeclared = declarationOf(admin.id, list, now) === 'declared'
      const state = fault === 'disabled' || isDeclared ? info : fail
      const verdict = state(admin.id, `admins.${index}`, isDeclared ? 'declared' : fault, { account: admin.id })
      return [unlessDeclared(verdict, nearDeclaration(admin.id, list, now))]
    })
    return [number, ...each]
  },
} satisfies Check<EntraFacts, 'admins', typeof params>

function faultOf({ kind, enabled, guest, synced, generic }: EntraFacts['admins'][number]) {
  if (kind === 'application') return 'application'
  if (!enabled) return 'disabled'
  if (guest) return 'guest'
  if (synced) return 'synced'
  return generic ? 'generic' : undefined
}
