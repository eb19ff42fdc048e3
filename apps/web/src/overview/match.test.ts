import { describe, expect, it } from 'vitest'
import { matchTenant, nameFrom } from './match.ts'

const tenants = [
  { slug: 'acme', name: 'Acme Ltd' },
  { slug: 'acme-cloud', name: 'Acme Cloud' },
  { slug: 'mueller', name: 'Müller & Söhne GmbH & Co. KG' },
  { slug: 'north-1', name: 'Nord GmbH' },
  { slug: 'north-2', name: 'Nord AG' },
]

describe('matching a file to a tenant', () => {
  it.each([
    ['acme.pdf', 'acme'],
    ['TOM_Acme_2026.docx', 'acme'],
    ['tom acme cloud v2.md', 'acme-cloud'],
    ['Anlage Mu\u0308ller und mehr.txt', 'mueller'],
    ['Müller & Söhne TOM.pdf', 'mueller'],
    ['clients/acme/tom.pdf', 'acme'],
    ['acme/Mueller.pdf', 'mueller'],
  ])('finds the tenant of %s', (path, slug) => {
    expect(matchTenant(path, tenants)).toBe(slug)
  })

  it.each(['acmeology.pdf', 'tom.pdf', 'Nord.pdf', 'gmbh.pdf', ''])('leaves %s to a person', (path) => {
    expect(matchTenant(path, tenants)).toBeNull()
  })

  it('names a tenant after a file', () => {
    expect(nameFrom('Beispiel__GmbH & Co. KG.docx')).toBe('Beispiel GmbH & Co. KG')
  })
})
