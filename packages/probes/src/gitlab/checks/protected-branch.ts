import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { GitlabFacts } from '../facts.ts'

const params = z.object({
  pushers: field(z.array(z.string()).default([]), {
    label: { en: 'Who may write without a merge request', de: 'Wer ohne Merge Request schreiben darf' },
    help: { en: 'As findings show it, for example "key 9"', de: 'Wie Feststellungen es zeigen, etwa „key 9“' },
  }),
  pipeline: field(z.boolean().default(true), {
    label: { en: 'A pipeline must have succeeded', de: 'Eine Pipeline muss erfolgreich gewesen sein' },
  }),
})

export const glProtectedBranch = {
  id: 'gl.protected-branch',
  version: 1,
  connector: 'gitlab',
  title: {
    en: 'The production branch is protected against pushes',
    de: 'Der Produktionszweig ist gegen direktes Schreiben geschützt',
  },
  why: {
    en: 'A rule that the platform enforces holds on a hectic day, too; one that people keep in mind does not.',
    de: 'Eine Regel, die die Plattform erzwingt, gilt auch an hektischen Tagen; eine bloß verabredete nicht.',
  },
  remedy: {
    en: 'Protect the branch: nobody may push, nobody may force push, and pipelines must succeed before a merge, also where they were skipped.',
    de: 'Schützen Sie den Zweig: Niemand darf direkt oder gewaltsam schreiben, und vor der Übernahme müssen Pipelines erfolgreich sein, auch übersprungene.',
  },
  severity: 'high',
  serves: [
    { measure: 'change-management', as: 'proves' },
    { measure: 'code-review', as: 'supports' },
  ],
  params,
  reads: ['branches'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.32', 'BSI IT-Grundschutz CON.8', 'CIS GitLab Benchmark 1.1.4'],
  sources: ['https://docs.gitlab.com/api/protected_branches/', 'https://docs.gitlab.com/api/projects/'],
  pitfalls: [
    'Where several patterns fit a branch, the most permissive counts: GitLab lets in whomever any of them lets in.',
    'Rules of a group above may add protection that the project does not show: they are seen only where GitLab lists them with the branch.',
    'A skipped pipeline counts as passed unless that is switched off.',
    'That a pipeline must succeed says nothing about what it does; see gl.pipeline-on-main.',
    'A branch that is protected cannot be deleted by pushing; maintainers still can in the pages of GitLab.',
  ],
  messages: {
    protected: { en: '{branch} is protected in every respect.', de: '{branch} ist in jeder Hinsicht geschützt.' },
    open: { en: '{branch} is not protected.', de: '{branch} ist nicht geschützt.' },
    push: {
      en: '{who} may write to {branch} without a merge request.',
      de: '{who} darf ohne Merge Request in {branch} schreiben.',
    },
    force: { en: '{branch} can be overwritten by force.', de: '{branch} kann gewaltsam überschrieben werden.' },
    pipeline: {
      en: 'What failed its pipeline can be merged into {branch}.',
      de: 'Nach {branch} lässt sich übernehmen, was seine Pipeline nicht bestand.',
    },
    skipped: {
      en: 'What skipped its pipeline can be merged into {branch}.',
      de: 'Nach {branch} lässt sich übernehmen, was seine Pipeline übersprang.',
    },
  },
  judge({ branches }, { pushers: declared, pipeline }) {
    return branches.flatMap((one, index) => {
      const { repository, branch } = one
      const at = `branches.${index}`
      if (!one.protected) return [fail(`${repository} protection`, `${at}.protected`, 'open', { branch })]
      const bad = [
        ...one.pushers.flatMap((who, position) =>
          declared.includes(who)
            ? []
            : [fail(`${repository} push ${who}`, `${at}.pushers.${position}`, 'push', { who, branch })],
        ),
        ...(one.forcePush ? [fail(`${repository} force`, `${at}.forcePush`, 'force', { branch })] : []),
        ...(pipeline && !one.pipelineMustSucceed
          ? [fail(`${repository} pipeline`, `${at}.pipelineMustSucceed`, 'pipeline', { branch })]
          : []),
        ...(pipeline && one.pipelineMustSucceed && one.skippedCounts
          ? [fail(`${repository} skipped`, `${at}.skippedCounts`, 'skipped', { branch })]
          : []),
      ]
      return bad.length > 0 ? bad : [pass(repository, at, 'protected', { branch })]
    })
  },
} satisfies Check<GitlabFacts, 'branches', typeof params>
