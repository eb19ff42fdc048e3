import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { app } from '../../packages/probes/src/forge/vendor.ts'
import { daysAgo } from './connection.ts'

/** Files of a repository by their paths. */
type Contents = Readonly<Record<string, string>>

const sbom = JSON.stringify({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  components: [
    { type: 'library', name: 'steady', version: '2.1.0', purl: 'pkg:npm/steady@2.1.0' },
    { type: 'library', name: 'solid', version: '4.0.3', purl: 'pkg:npm/solid@4.0.3' },
  ],
})
const usual: Contents = {
  'package.json': '{ "name": "product", "version": "3.2.0" }\n',
  'package-lock.json': '{ "name": "product", "lockfileVersion": 3, "packages": {} }\n',
  'CHANGELOG.md': '# Changes\n\n## 3.2.0\n\n- Forms can be copied.\n',
  'SECURITY.md': '# Security\n\nWrite to security@example.com.\n',
  'bom.cdx.json': `${sbom}\n`,
}

/** The repository of a Forge app that asks for no right and sends nothing anywhere. */
export const lindenFiles: Contents = {
  ...usual,
  'manifest.yml': [
    'app:',
    `  id: ${app}`,
    '  runtime:',
    '    name: nodejs24.x',
    'modules:',
    '  jira:issuePanel:',
    '    - key: panel',
    '      title: Forms',
    '',
  ].join('\n'),
}

export const kestrelFiles: Contents = usual

/** Makes a repository of one release in a folder, once; a start that was interrupted leaves nothing half made. */
export function makeRepository(folder: string, contents: Contents): string {
  if (existsSync(folder)) return folder
  const draft = `${folder}.new`
  rmSync(draft, { recursive: true, force: true })
  for (const [path, text] of Object.entries(contents)) {
    mkdirSync(dirname(join(draft, path)), { recursive: true })
    writeFileSync(join(draft, path), text)
  }
  const at = daysAgo(10)
  const who = { name: 'Example', email: 'example@example.com' }
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'core.hooksPath=/dev/null', '-c', 'commit.gpgSign=false', '-c', 'tag.gpgSign=false', ...args],
      {
        cwd: draft,
        stdio: 'pipe',
        env: {
          PATH: process.env['PATH'] ?? '',
          GIT_CONFIG_NOSYSTEM: '1',
          GIT_CONFIG_GLOBAL: '/dev/null',
          GIT_AUTHOR_NAME: who.name,
          GIT_AUTHOR_EMAIL: who.email,
          GIT_AUTHOR_DATE: at,
          GIT_COMMITTER_NAME: who.name,
          GIT_COMMITTER_EMAIL: who.email,
          GIT_COMMITTER_DATE: at,
        },
      },
    )
  git('init', '--quiet', '--initial-branch=main')
  git('add', '--all')
  git('commit', '--quiet', '--message=Release 3.2.0')
  git('tag', '--annotate', 'v3.2.0', '--message=3.2.0')
  renameSync(draft, folder)
  return folder
}
