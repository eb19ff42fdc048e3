import { expect, test } from 'vitest'
import { typeByName, wordsOf } from './header.ts'

test('cuts names into words as people and programs write them', () => {
  expect(wordsOf('birthDate')).toEqual(['birth', 'date'])
  expect(wordsOf('GEB_DATUM')).toEqual(['geb', 'datum'])
  expect(wordsOf('customerIBANNumber')).toEqual(['customer', 'iban', 'number'])
  expect(wordsOf('Straße/Hausnr.')).toEqual(['strasse', 'hausnr'])
  expect(wordsOf('Prénom')).toEqual(['prenom'])
})

test.each([
  ['E-Mail', 'email'],
  ['email_address', 'email'],
  ['Telefonnummer', 'phone'],
  ['Vorname', 'given-name'],
  ['lastName', 'family-name'],
  ['Nom', 'family-name'],
  ['nom du produit', 'harmless'],
  ['card_holder', 'name'],
  ['card_number', 'card'],
  ['Geburtsort', 'birth-place'],
  ['date de naissance', 'birth-date'],
  ['PLZ', 'postcode'],
  ['user.contact.emails[]', 'email'],
  ['customer_id', 'subject-id'],
  ['Kundennummer', 'subject-id'],
  ['Bemerkungen', 'text'],
  ['file_name', 'harmless'],
  ['Ansprechpartner', 'name'],
  ['userName', 'username'],
  ['client_ip', 'ip'],
])('%s says %s', (name, type) => {
  expect(typeByName(name)?.type).toBe(type)
})

test.each(['status', 'amount', 'x17', 'created_at', 'quantity', 'Menge', 'prix'])('%s says nothing', (name) => {
  expect(typeByName(name)).toBeUndefined()
})
