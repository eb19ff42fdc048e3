import { defineErrors } from '../kernel/index.ts'

/** What may be refused where people choose what they are told. */
export const notificationErrors = defineErrors('notification', {
  link_invalid: {
    status: 400,
    en: 'This link to unsubscribe is not whole. Open it from the letter again, or sign in and choose under "Notifications".',
    de: 'Dieser Link zum Abbestellen ist unvollständig. Öffnen Sie ihn erneut aus der E-Mail, oder melden Sie sich an und wählen Sie unter „Benachrichtigungen“.',
  },
})

/** What may be refused with webhooks. */
export const webhookErrors = defineErrors('webhook', {
  not_found: {
    status: 404,
    en: 'This webhook or delivery does not exist.',
    de: 'Diesen Webhook oder diese Zustellung gibt es nicht.',
  },
  bad_address: {
    status: 400,
    en: 'The address of a webhook begins with https:// and holds no user name, password or fragment.',
    de: 'Die Adresse eines Webhooks beginnt mit https:// und enthält weder Benutzername noch Passwort noch Fragment.',
  },
  local_only: {
    status: 400,
    en: 'Only the tenant of the installation itself may send to this machine.',
    de: 'Nur der Mandant der Installation selbst darf an diese Maschine senden.',
  },
  too_many: {
    status: 409,
    en: 'There are {most} webhooks already. Remove one first.',
    de: 'Es gibt schon {most} Webhooks. Entfernen Sie zuerst einen.',
  },
  not_active: {
    status: 409,
    en: 'This webhook is off. Switch it on first.',
    de: 'Dieser Webhook ist ausgeschaltet. Schalten Sie ihn zuerst ein.',
  },
  waits: {
    status: 409,
    en: 'This delivery is under way already.',
    de: 'Diese Zustellung läuft bereits.',
  },
})
