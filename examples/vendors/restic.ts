import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { keptSecret } from './secret.ts'
import type { DemoConnection } from './connection.ts'

/**
 * A real repository of restic with the configuration of Linden's pipelines, where restic is installed; one more backup at each
 * start. Without restic the demo says that this is not proven here.
 */
export function backUp(folder: string): DemoConnection | undefined {
  if (!['/usr/bin', '/bin', '/usr/sbin', '/sbin'].some((place) => existsSync(join(place, 'restic')))) return undefined
  const configuration = join(folder, 'pipelines')
  mkdirSync(configuration, { recursive: true })
  const file = join(configuration, 'bitbucket-pipelines.yml')
  writeFileSync(file, 'pipelines:\n  default:\n    - step: { name: Unit tests, script: [npm test] }\n')
  const repository = join(folder, 'restic')
  const password = keptSecret(join(folder, 'password-of-restic'))
  const restic = (...args: string[]) =>
    execFileSync('restic', ['--no-cache', '--quiet', '--repo', repository, ...args], {
      stdio: 'pipe',
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', RESTIC_PASSWORD: password },
    })
  if (!existsSync(join(repository, 'config'))) restic('init')
  restic('backup', '--tag', 'source:pipelines', configuration)
  return {
    connector: 'backup',
    name: 'Copies of repositories and pipelines',
    settings: {
      kind: 'restic',
      repository,
      password,
      sources: ['pipelines'],
      configuration: [file],
      immutability: 'append-only',
    },
  }
}
