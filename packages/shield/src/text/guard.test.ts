import { describe, expect, it } from 'vitest'
import { makeGuard } from './guard.ts'

const guard = makeGuard()

describe('a value of a program', () => {
  it.each([
    ['owned by wilrun.ostermoor@example.com', 'owned by [email]', { email: 1 }],
    ['refund to DE89 3704 0044 0532 0130 00, please', 'refund to [iban], please', { iban: 1 }],
    ['a@example.com, b@example.org', '[email], [email]', { email: 2 }],
  ])('loses what is personal: %s', (text, kept, found) => {
    expect(guard(text)).toEqual({ text: kept, found })
  })

  it.each([
    'git@git.example.com:group/project.git',
    'security@example.com',
    'v=TLSRPTv1; rua=mailto:tlsrpt@example.com',
    '18.4.0-beta.17',
    'registry.example.com/image@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/web',
    'arn:aws:iam::123456789012:role/deploy',
    '2026-11-23T03:04:05.678Z',
    'person-9f86d081884c7d659a2feaa0c55ad015',
    'db-01.internal.example.com:5432',
  ])('stays what it is: %s', (text) => {
    expect(guard(text)).toEqual({ text, found: {} })
  })
})
