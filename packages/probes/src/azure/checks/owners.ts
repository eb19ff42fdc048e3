import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { AzureFacts } from '../facts.ts'

const params = z.object({
  maxOwners: field(z.int().min(1).default(3), {
    label: { en: 'Owners of a subscription at most', de: 'Höchstens so viele Besitzer je Abonnement' },
  }),
})

export const azureRbacOwners = {
  id: 'azure.rbac-owners',
  version: 1,
  connector: 'azure',
  title: { en: 'Few owners hold a subscription', de: 'Wenige Besitzer je Abonnement' },
  why: {
    en: 'An owner can change everything and give everything to others; each one more is one more door.',
    de: 'Ein Besitzer kann alles ändern und anderen alle Rechte geben; jeder weitere ist eine weitere Tür.',
  },
  remedy: {
    en: 'Replace Owner by Contributor or a narrower role, give the rest for a time only (Privileged Identity Management), and delete roles of your own that allow everything.',
    de: 'Besitzer durch Mitwirkender oder eine engere Rolle ersetzen, den Rest nur auf Zeit vergeben (Privileged Identity Management) und eigene Rollen löschen, die alles erlauben.',
  },
  severity: 'high',
  serves: [
    { measure: 'minimal-admins', as: 'proves' },
    { measure: 'rbac', as: 'supports' },
    { measure: 'least-privilege', as: 'supports' },
    { measure: 'privileged-access', as: 'supports' },
    { measure: 'no-production-access', as: 'supports' },
  ],
  params,
  reads: ['owners'],
  maxAge: 'P2D',
  onEmpty: 'fail',
  refs: ['CIS Microsoft Azure Foundations 5.4', 'ISO/IEC 27001:2022 A.8.2', 'BSI ORP.4'],
  sources: ['https://learn.microsoft.com/azure/role-based-access-control/best-practices'],
  pitfalls: [
    'Roles inherited from management groups count; roles on single groups and resources do not.',
    'Resource Manager does not say who is in a group: with a group among the owners the outcome is not-evaluated (incomplete), unless the connection names the group as looked after elsewhere. It then counts as one.',
    'It does not say who is a guest either; see entra.guest-access. Groups of another directory fail.',
    'Who may become Owner on request does not count until then.',
  ],
  messages: {
    few: { en: '{count} owners.', de: '{count} Besitzer.' },
    many: {
      en: '{count} owners, at most {most} are allowed.',
      de: '{count} Besitzer, höchstens {most} sind zulässig.',
    },
    foreign: {
      en: 'A group of another directory is owner.',
      de: 'Eine Gruppe eines fremden Verzeichnisses ist Besitzer.',
    },
    wide: { en: 'A role of your own allows everything.', de: 'Eine eigene Rolle erlaubt alles.' },
  },
  judge({ owners }, { maxOwners }) {
    return owners.flatMap(({ subscription, owners: holders, wideRoles }, index) => {
      const because = `owners.${index}.owners`
      const count = holders.length
      return [
        count > maxOwners
          ? fail(subscription, because, 'many', { count, most: maxOwners })
          : pass(subscription, because, 'few', { count }),
        ...holders.flatMap(({ id, kind }, at) =>
          kind === 'foreign-group' ? [fail(`${subscription}/${id}`, `${because}.${at}`, 'foreign')] : [],
        ),
        ...wideRoles.map((role) => fail(`${subscription}/role/${role}`, `owners.${index}.wideRoles`, 'wide')),
      ]
    })
  },
} satisfies Check<AzureFacts, 'owners', typeof params>
