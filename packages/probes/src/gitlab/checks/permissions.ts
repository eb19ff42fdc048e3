import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { GitlabFacts } from '../facts.ts'

const params = z.object({
  maxAdmins: field(z.int().min(1).default(4), {
    label: { en: 'Most owners and maintainers', de: 'Höchstzahl der Owner und Maintainer' },
  }),
  declared: field(z.array(z.string()).default([]), {
    label: { en: 'Declared accounts', de: 'Gemeldete Konten' },
    help: {
      en: 'Ids of accounts that may be members of the project itself',
      de: 'Kennungen von Konten, die selbst Mitglied des Projekts sein dürfen',
    },
  }),
})

export const glPermissions = {
  id: 'gl.permissions',
  version: 1,
  connector: 'gitlab',
  title: {
    en: 'Project permissions follow groups, few are owners or maintainers',
    de: 'Projektrechte folgen Gruppen, wenige sind Owner oder Maintainer',
  },
  why: {
    en: 'Rights given to single people are forgotten when they change tasks or leave; rights of a group end with the membership.',
    de: 'Einzeln vergebene Rechte bleiben bei Wechsel oder Austritt bestehen; Rechte einer Gruppe enden mit der Mitgliedschaft.',
  },
  remedy: {
    en: 'Give rights to groups, end memberships in the project itself, and keep few owners and maintainers.',
    de: 'Geben Sie Rechte an Gruppen, beenden Sie Mitgliedschaften im Projekt selbst und halten Sie die Zahl der Owner und Maintainer klein.',
  },
  severity: 'medium',
  serves: [
    { measure: 'rbac', as: 'proves' },
    { measure: 'access-provisioning', as: 'supports' },
    { measure: 'minimal-admins', as: 'supports' },
  ],
  params,
  reads: ['access'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.5.18', 'ISO/IEC 27001:2022 A.8.4', 'BSI IT-Grundschutz ORP.4'],
  sources: ['https://docs.gitlab.com/api/project_members/', 'https://docs.gitlab.com/user/permissions/'],
  pitfalls: [
    'Owners of a group above own the project, too, and are counted in it.',
    'GitLab shows no mail address of a member, so whether an account belongs to somebody who still works there is not judged here.',
    'Tokens of projects and groups are members by name only and are left out; deploy keys and tokens are not seen.',
    'Administrators of a server of your own may do everything and are not among the members.',
  ],
  messages: {
    groups: {
      en: 'All rights come from groups; {count} accounts are owners or maintainers.',
      de: 'Alle Rechte stammen aus Gruppen; {count} Konten sind Owner oder Maintainer.',
    },
    many: {
      en: '{count} accounts are owners or maintainers; at most {most} are allowed.',
      de: '{count} Konten sind Owner oder Maintainer; erlaubt sind höchstens {most}.',
    },
    direct: {
      en: 'The account {account} is a member of {repository} itself.',
      de: 'Das Konto {account} ist selbst Mitglied von {repository}.',
    },
  },
  judge({ access }, { maxAdmins: most, declared }) {
    return access.flatMap(({ repository, admins, direct }, index) => {
      const at = `access.${index}`
      const says = { count: admins.length, most }
      const bad = [
        ...(admins.length > most ? [fail(`${repository} admins`, `${at}.admins`, 'many', says)] : []),
        ...direct.flatMap((account, position) =>
          declared.includes(account)
            ? []
            : [fail(`${repository} ${account}`, `${at}.direct.${position}`, 'direct', { account, repository })],
        ),
      ]
      return bad.length > 0 ? bad : [pass(repository, `${at}.admins`, 'groups', says)]
    })
  },
} satisfies Check<GitlabFacts, 'access', typeof params>
