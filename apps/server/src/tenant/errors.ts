import { defineErrors } from '../kernel/index.ts'

/** What tenants may be refused for. Another tenant's id is not found, never forbidden. */
export const tenantErrors = defineErrors('tenant', {
  not_found: { status: 404, en: 'This tenant does not exist.', de: 'Diesen Mandanten gibt es nicht.' },
  slug_taken: {
    status: 409,
    en: 'There is already a tenant with the short name {slug}. Choose another one.',
    de: 'Es gibt schon einen Mandanten mit dem Kurznamen {slug}. Bitte einen anderen wählen.',
  },
})
