import { z } from 'zod'
import { fail, pass, unlessDeclared } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { BitbucketFacts } from '../facts.ts'

const params = z.object({
  maxAdmins: field(z.int().min(1).default(4), {
    label: { en: 'Most administrators', de: 'Höchstzahl der Verwaltenden' },
  }),
  declared: field(z.array(z.string()).default([]), {
    label: { en: 'Declared accounts', de: 'Gemeldete Konten' },
    help: {
      en: 'Ids of accounts that may hold a right of their own or come from outside',
      de: 'Kennungen von Konten, die ein eigenes Recht haben oder von außen kommen dürfen',
    },
  }),
})

export const bbPermissions = {
  id: 'bb.permissions',
  version: 1,
  connector: 'bitbucket',
  title: {
    en: 'Repository permissions follow roles, few are administrators',
    de: 'Repository-Rechte folgen Rollen, wenige sind Administratoren',
  },
  why: {
    en: 'Rights given to single people are forgotten when they change tasks or leave; rights of a group end with the membership.',
    de: 'Einzeln vergebene Rechte bleiben bei Wechsel oder Austritt bestehen; Rechte einer Gruppe enden mit der Mitgliedschaft.',
  },
  remedy: {
    en: 'Give rights to groups, remove those of single users, end the access of people from outside, and keep few administrators.',
    de: 'Geben Sie Rechte an Gruppen, entfernen Sie die einzelner Benutzer, beenden Sie Zugänge von außen und halten Sie die Zahl der Verwaltenden klein.',
  },
  severity: 'medium',
  serves: [
    { measure: 'rbac', as: 'proves' },
    { measure: 'access-provisioning', as: 'supports' },
    { measure: 'offboarding', as: 'supports' },
    { measure: 'minimal-admins', as: 'supports' },
  ],
  params,
  reads: ['access'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.5.18', 'ISO/IEC 27001:2022 A.8.4', 'BSI IT-Grundschutz ORP.4'],
  sources: ['https://support.atlassian.com/bitbucket-cloud/docs/grant-repository-access-to-users-and-groups/'],
  pitfalls: [
    'Bitbucket gives no mail address of a user, so whether an account belongs to somebody who still works there is not judged here.',
    'An administrator of the workspace administers every repository; those are counted once, for the workspace.',
    'Access tokens and keys of repositories are no users and are not seen.',
  ],
  messages: {
    few: { en: '{count} accounts administer the workspace.', de: '{count} Konten verwalten den Workspace.' },
    many: {
      en: '{count} accounts administer the workspace; at most {most} are allowed.',
      de: '{count} Konten verwalten den Workspace; erlaubt sind höchstens {most}.',
    },
    manyHere: {
      en: '{count} accounts administer the repository besides those of the workspace; at most {most} are allowed.',
      de: '{count} Konten verwalten das Repository neben denen des Workspace; erlaubt sind höchstens {most}.',
    },
    roles: { en: 'All rights come from groups.', de: 'Alle Rechte stammen aus Gruppen.' },
    direct: {
      en: 'The account {account} holds a right of its own on {repository}.',
      de: 'Das Konto {account} hat ein eigenes Recht an {repository}.',
    },
    stranger: {
      en: 'The account {account} may enter {repository} and is not a member of the workspace.',
      de: 'Das Konto {account} hat Zugang zu {repository} und ist kein Mitglied des Workspace.',
    },
  },
  judge({ access }, { maxAdmins: most, declared }) {
    const owners = access.owners.length
    const ownerIds = new Set(access.owners)
    const whole = (owners > most ? fail : pass)('workspace', 'access.owners', owners > most ? 'many' : 'few', {
      count: owners,
      most,
    })
    return [
      whole,
      ...access.repositories.flatMap((one, index) => {
        const bad = judgeRepository(one, `access.repositories.${index}`, ownerIds, most, declared)
        return bad.length > 0 ? bad : [pass(one.repository, `access.repositories.${index}.direct`, 'roles')]
      }),
    ]
  },
} satisfies Check<BitbucketFacts, 'access', typeof params>

function judgeRepository(
  { repository, admins, direct, strangers }: BitbucketFacts['access']['repositories'][number],
  path: string,
  owners: ReadonlySet<string>,
  most: number,
  declared: readonly string[],
): Verdict[] {
  const own = admins.filter((account) => !owners.has(account)).length
  const each = (accounts: readonly string[], name: string, key: string) =>
    accounts.flatMap((account, index) =>
      declared.includes(account)
        ? []
        : [
            unlessDeclared(
              fail(`${repository} ${key} ${account}`, `${path}.${name}.${index}`, key, { account, repository }),
              { list: 'declared', values: [account] },
            ),
          ],
    )
  return [
    ...(own > most ? [fail(`${repository} admins`, `${path}.admins`, 'manyHere', { count: own, most })] : []),
    ...each(direct, 'direct', 'direct'),
    ...each(strangers, 'strangers', 'stranger'),
  ]
}
