import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { originOf } from './origin.ts'
import { readPlan } from './plan.ts'

const example = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../../../examples/ci/${name}`, import.meta.url)), 'utf8')

const GitHub = z.object({
  jobs: z.object({
    drill: z.object({
      env: z.record(z.string(), z.string()),
      steps: z.array(z.object({ run: z.string().optional() })),
    }),
  }),
})
const Bitbucket = z.object({
  pipelines: z.object({
    custom: z.object({ drill: z.array(z.object({ step: z.object({ script: z.array(z.string()) }) })) }),
  }),
})

describe('the examples of drills in pipelines', () => {
  const github = GitHub.parse(parse(example('github-actions-drill.yml'))).jobs.drill
  const bitbucket = Bitbucket.parse(parse(example('bitbucket-pipelines-drill.yml'))).pipelines.custom.drill

  it('come with a plan that art32 reads, by the variables that they set', () => {
    const plan = readPlan(example('drill.yaml'), github.env)
    expect(plan).toMatchObject({ drill: 'shop-db', production: ['db.example.com'] })
    const named = [...example('drill.yaml').matchAll(/\$\{(\w+)\}/g)]
      .map(([, name]) => name)
      .filter((name) => name !== 'NAME')
    const head = example('bitbucket-pipelines-drill.yml')
    for (const name of [...named, 'ART32_TOKEN', 'ART32_DRILL_KEY']) {
      expect(head).toContain(name)
      expect(Object.keys(github.env)).toContain(name)
    }
  })

  it('run the same command', () => {
    const commands = github.steps.flatMap(({ run }) => run ?? [])
    const scripts = bitbucket.flatMap(({ step }) => step.script)
    const drills = [commands, scripts].map((all) =>
      all.filter((one) => one.includes('drill run')).map((one) => one.trim()),
    )
    expect(drills[0]).toHaveLength(1)
    expect(drills[1]).toEqual(drills[0])
    expect(drills[0]?.[0]).toContain('--push "$ART32_SERVER" --tenant "$ART32_TENANT"')
  })
})

describe('where a drill ran', () => {
  const commit = 'a1'.repeat(20)
  it.each([
    [
      'GitHub Actions',
      {
        GITHUB_ACTIONS: 'true',
        GITHUB_REPOSITORY: 'example/shop',
        GITHUB_SHA: commit,
        GITHUB_RUN_ID: '7',
        GITHUB_RUN_ATTEMPT: '2',
      },
      { pipeline: 'github-actions', repository: 'example/shop', commit, run: '7.2' },
    ],
    [
      'Bitbucket Pipelines',
      { BITBUCKET_BUILD_NUMBER: '7', BITBUCKET_REPO_FULL_NAME: 'example/shop', BITBUCKET_COMMIT: commit },
      { pipeline: 'bitbucket-pipelines', repository: 'example/shop', commit, run: '7' },
    ],
    [
      'GitLab CI',
      { GITLAB_CI: 'true', CI_PROJECT_PATH: 'example/shop', CI_COMMIT_SHA: commit, CI_PIPELINE_ID: '7' },
      { pipeline: 'gitlab-ci', repository: 'example/shop', commit, run: '7' },
    ],
    ['a computer', {}, null],
    [
      'a pipeline that says it otherwise',
      { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'example/shop', GITHUB_SHA: '$(id)' },
      null,
    ],
  ])('is told by %s', (_where, environment, origin) => {
    expect(originOf(environment)).toEqual(origin)
  })
})
