import { z } from 'zod'
import { unlessOff } from './client.ts'
import type { Owner, Repository } from './client.ts'
import type { GithubFacts } from './facts.ts'

const dependency = z.object({
  number: z.int(),
  created_at: z.string(),
  security_vulnerability: z.object({ severity: z.string() }),
})

/** Open alerts of Dependabot that are severe. */
export async function readDependencies(
  owner: Owner,
  repositories: readonly Repository[],
): Promise<GithubFacts['dependencies']> {
  const found: GithubFacts['dependencies'] = []
  for (const { name } of repositories) {
    const alerts = await unlessOff(
      owner.all(
        { path: '/repos/{owner}/{repo}/dependabot/alerts', params: { repo: name }, query: { state: 'open' } },
        dependency,
      ),
    )
    found.push({
      repository: name,
      on: alerts !== null,
      alerts: (alerts ?? []).flatMap(({ number, created_at: since, security_vulnerability: { severity } }) =>
        severity === 'high' || severity === 'critical' ? [{ number, severity, since }] : [],
      ),
    })
  }
  return found
}

const secret = z.object({ number: z.int(), created_at: z.string(), secret_type: z.string() })

/** Open alerts of secret scanning; the secrets themselves are not even sent. */
export async function readSecrets(owner: Owner, repositories: readonly Repository[]): Promise<GithubFacts['secrets']> {
  const found: GithubFacts['secrets'] = []
  for (const { name } of repositories) {
    const alerts = await unlessOff(
      owner.all(
        {
          path: '/repos/{owner}/{repo}/secret-scanning/alerts',
          params: { repo: name },
          query: { state: 'open', hide_secret: 'true' },
        },
        secret,
      ),
    )
    found.push({
      repository: name,
      on: alerts !== null,
      alerts: (alerts ?? []).map(({ number, created_at: since, secret_type: kind }) => ({ number, kind, since })),
    })
  }
  return found
}

const analysis = z.object({ created_at: z.string(), error: z.string(), tool: z.object({ name: z.string() }) })

/** The newest analysis of each branch; the vendor gives the newest first. */
export async function readAnalyses(
  { api, name: owner }: Owner,
  repositories: readonly Repository[],
): Promise<GithubFacts['analyses']> {
  const found: GithubFacts['analyses'] = []
  for (const { name, branch } of repositories) {
    const said = await unlessOff(
      api.get({
        path: '/repos/{owner}/{repo}/code-scanning/analyses',
        params: { owner, repo: name },
        query: { ref: `refs/heads/${branch}`, per_page: '100' },
        schema: z.array(analysis),
      }),
    )
    const newest = (said ?? [])
      .filter(({ error }) => error === '')
      .sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at))
      .at(0)
    found.push({
      repository: name,
      branch,
      on: said !== null,
      newest: newest === undefined ? null : { at: newest.created_at, tool: newest.tool.name },
    })
  }
  return found
}
