import { describe, expect, it } from 'vitest'
import { readKioskConfig } from './config.ts'

const least = { ART32_PUBLISHED: '/srv/published' }

describe('the settings of a portal', () => {
  it('are few, and have defaults', () => {
    expect(readKioskConfig(least)).toEqual({
      publishedFolder: '/srv/published',
      intakeFolder: null,
      host: '127.0.0.1',
      port: 3232,
      trustedProxies: [],
      logLevel: 'info',
    })
    const more = { ART32_INTAKE: '/srv/intake', ART32_TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8', ART32_PORT: '0' }
    expect(readKioskConfig({ ...least, ...more, ART32_DATA: '', HOME: '/root' })).toMatchObject({
      intakeFolder: '/srv/intake',
      trustedProxies: ['127.0.0.1', '10.0.0.0/8'],
      port: 0,
    })
  })

  it.each([
    'ART32_DATABASE_URL',
    'ART32_MASTER_KEY',
    'ART32_MASTER_KEY_FILE',
    'ART32_KEY_VAULT_SECRET',
    'ART32_SMTP_URL',
    'ART32_BACKUP_KEY_SECRET',
    'ART32_METRICS_TOKEN',
    'ART32_DATA',
    'ART32_TLS_KEY',
    'PGPASSWORD',
    'DATABASE_URL',
  ])('refuse %s, and never say its value', (name) => {
    expect(() => readKioskConfig({ ...least, [name]: 'canary' })).toThrow(`${name} is set`)
    expect(() => readKioskConfig({ ...least, [name]: 'canary' })).not.toThrow('canary')
  })

  it.each([
    [{}, 'ART32_PUBLISHED'],
    [{ ...least, ART32_PORT: 'http' }, 'ART32_PORT'],
    [{ ...least, ART32_TRUSTED_PROXIES: 'everybody' }, 'ART32_TRUSTED_PROXIES'],
  ])('name what is wrong: %j', (environment, variable) => {
    expect(() => readKioskConfig(environment)).toThrow(variable)
  })
})
