import { defineErrors } from '../kernel/index.ts'

/** What working with requests of data subjects may be refused for. */
export const requestErrors = defineErrors('request', {
  not_found: { status: 404, en: 'This request does not exist.', de: 'Diese Anfrage gibt es nicht.' },
  item_not_found: { status: 404, en: 'This is not on the list.', de: 'Das steht nicht auf der Liste.' },
  letter_not_found: { status: 404, en: 'This letter does not exist.', de: 'Dieses Schreiben gibt es nicht.' },
  contract_not_found: {
    status: 404,
    en: 'There is no such agreement in force.',
    de: 'Einen solchen Vertrag gibt es nicht, oder er gilt nicht.',
  },
  person_not_found: {
    status: 404,
    en: 'Nobody with this account is a member here who may see requests.',
    de: 'Hier ist niemand mit diesem Konto Mitglied, der Anfragen sehen darf.',
  },
  closed: {
    status: 409,
    en: 'This request is answered, refused or passed on.',
    de: 'Diese Anfrage ist beantwortet, abgelehnt oder weitergeleitet.',
  },
  bad_day: {
    status: 400,
    en: 'This day is to come, or more than a year ago.',
    de: 'Dieser Tag liegt in der Zukunft oder mehr als ein Jahr zurück.',
  },
  role_needed: {
    status: 409,
    en: 'Say first whether you decide about these data yourselves or process them for a customer.',
    de: 'Bitte zuerst angeben, ob Sie über diese Daten selbst entscheiden oder sie für einen Kunden verarbeiten.',
  },
  not_your_role: {
    status: 409,
    en: 'As a processor you pass this on to the customer, who answers it.',
    de: 'Als Auftragsverarbeiter leiten Sie dies an den Kunden weiter, der es beantwortet.',
  },
  identity_not_asked: {
    status: 409,
    en: 'Nobody was asked who they are.',
    de: 'Es wurde nicht nach der Identität gefragt.',
  },
  too_late: {
    status: 409,
    en: 'The first month is over: an extension has to be told within it (Art. 12(3) GDPR).',
    de: 'Der erste Monat ist um: Eine Verlängerung muss innerhalb dieses Monats mitgeteilt werden (Art. 12 Abs. 3 DSGVO).',
  },
  extended: { status: 409, en: 'This was extended already.', de: 'Die Frist wurde schon verlängert.' },
  not_looked: {
    status: 409,
    en: 'Look for the data first: a package is made of what was found.',
    de: 'Bitte zuerst nach den Daten suchen: Das Paket besteht aus dem Gefundenen.',
  },
  letter_arrived: {
    status: 409,
    en: 'This letter is on its way or has arrived.',
    de: 'Dieses Schreiben ist unterwegs oder angekommen.',
  },
  unfinished: {
    status: 400,
    en: 'Something in brackets is still to be filled in. Nothing was sent.',
    de: 'Etwas in Klammern ist noch zu ergänzen. Es wurde nichts gesendet.',
  },
  reason_needed: {
    status: 400,
    en: 'Say why nobody could look there.',
    de: 'Bitte angeben, warum dort niemand nachsehen konnte.',
  },
  no_address: {
    status: 409,
    en: 'There is no mail address, or no mail server is set. Choose another way.',
    de: 'Es gibt keine E-Mail-Adresse, oder kein Mailserver ist eingerichtet. Bitte einen anderen Weg wählen.',
  },
  not_confirmed: {
    status: 400,
    en: 'To erase, type the mail address exactly as it was looked for. Nothing was erased.',
    de: 'Zum Löschen bitte die gesuchte E-Mail-Adresse genau eingeben. Es wurde nichts gelöscht.',
  },
  has_account: {
    status: 409,
    en: 'This person has an account. They erase it themselves on their account page, or an owner ends the membership first. Nothing was erased.',
    de: 'Diese Person hat ein Konto. Sie löscht es selbst auf der Seite ihres Kontos, oder die Mitgliedschaft wird zuerst beendet. Es wurde nichts gelöscht.',
  },
  too_many: { status: 409, en: 'That is more than {most}.', de: 'Das sind mehr als {most}.' },
})
