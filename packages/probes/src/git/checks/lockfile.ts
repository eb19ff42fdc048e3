import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { GitFacts } from '../facts.ts'

export const depsLockfile = {
  id: 'deps.lockfile',
  version: 1,
  connector: 'git',
  title: { en: 'Dependencies are pinned by a lockfile', de: 'Abhängigkeiten sind durch eine Lockdatei festgelegt' },
  why: {
    en: 'Without it every build may fetch something else, and nobody can say what runs.',
    de: 'Ohne sie holt jeder Build womöglich etwas anderes, und niemand kann sagen, was läuft.',
  },
  remedy: {
    en: 'Commit the lockfile and build from it only (npm ci, uv sync --locked, cargo build --locked).',
    de: 'Die Lockdatei einchecken und nur aus ihr bauen (npm ci, uv sync --locked, cargo build --locked).',
  },
  severity: 'medium',
  serves: [
    { measure: 'change-management', as: 'supports' },
    { measure: 'dependency-scanning', as: 'supports' },
  ],
  params: noParams,
  reads: ['dependencies'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.25'],
  sources: ['https://docs.npmjs.com/cli/configuring-npm/package-lock-json', 'https://slsa.dev'],
  pitfalls: [
    'A lockfile in a folder above holds for the manifests below (workspaces).',
    'Copies of others and material for tests (node_modules, vendor, fixtures) are left out.',
    'That the pipeline builds from the lockfile is not seen here.',
  ],
  messages: {
    locked: { en: '{manifest} is locked by {lockfile}.', de: '{manifest} ist durch {lockfile} festgelegt.' },
    loose: { en: '{manifest} has no lockfile.', de: '{manifest} hat keine Lockdatei.' },
  },
  judge({ dependencies }) {
    return dependencies.map(({ manifest, lockfile }, index) =>
      lockfile === null
        ? fail(manifest, `dependencies.${index}`, 'loose', { manifest })
        : pass(manifest, `dependencies.${index}`, 'locked', { manifest, lockfile }),
    )
  },
} satisfies Check<GitFacts, 'dependencies', typeof noParams>
