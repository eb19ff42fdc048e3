import { defineErrors } from '../kernel/index.ts'

/** What the rights of a person over their own account may be refused for. */
export const privacyErrors = defineErrors('privacy', {
  not_operator: {
    status: 403,
    en: 'Only an owner of this installation may see and start its deletions.',
    de: 'Nur Inhaberinnen und Inhaber dieser Installation dürfen ihre Löschläufe sehen und anstoßen.',
  },
  not_confirmed: {
    status: 400,
    en: 'To delete the account, type its mail address exactly. Nothing was deleted.',
    de: 'Zum Löschen des Kontos bitte seine E-Mail-Adresse genau eingeben. Es wurde nichts gelöscht.',
  },
  password_wrong: {
    status: 403,
    en: 'The password is not right. Nothing was deleted.',
    de: 'Das Passwort stimmt nicht. Es wurde nichts gelöscht.',
  },
  sign_in_again: {
    status: 403,
    en: 'Your account has no password. Sign in once more, then delete it within ten minutes.',
    de: 'Ihr Konto hat kein Passwort. Bitte noch einmal anmelden und es dann innerhalb von zehn Minuten löschen.',
  },
  last_owner: {
    status: 409,
    en: 'You are the only owner of: {tenants}. Make somebody else an owner there, or delete the tenant; then delete the account. Nothing was deleted.',
    de: 'Sie sind allein Inhaberin oder Inhaber von: {tenants}. Bitte dort jemand anderen dazu machen oder den Mandanten löschen, dann das Konto. Es wurde nichts gelöscht.',
  },
})
