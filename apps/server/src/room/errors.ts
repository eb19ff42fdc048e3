import { defineErrors } from '../kernel/index.ts'

/** What may be refused in an audit room. */
export const roomErrors = defineErrors('room', {
  not_found: { status: 404, en: 'There is no such room for you.', de: 'Einen solchen Raum gibt es für Sie nicht.' },
  closed: {
    status: 410,
    en: 'This room is closed since {since}. Ask whoever invited you if you still need something.',
    de: 'Dieser Raum ist seit {since} geschlossen. Wenn Sie noch etwas brauchen, wenden Sie sich bitte an die einladende Stelle.',
  },
  needs_edition: {
    status: 409,
    en: 'A room shows a published edition. Sign off the draft first.',
    de: 'Ein Raum zeigt eine veröffentlichte Fassung. Bitte zuerst den Entwurf freigeben.',
  },
  no_line: {
    status: 404,
    en: 'The edition in this room has no such line.',
    de: 'Die Fassung in diesem Raum hat keine solche Zeile.',
  },
  no_message: {
    status: 404,
    en: 'There is no such question or answer, or it was taken back already.',
    de: 'Diese Frage oder Antwort gibt es nicht, oder sie ist schon zurückgenommen.',
  },
  no_guest: { status: 404, en: 'This person is no guest of the room.', de: 'Diese Person ist kein Gast des Raums.' },
  too_many: {
    status: 429,
    en: 'This room holds {most} questions already. Ask whoever invited you to open another one.',
    de: 'In diesem Raum stehen schon {most} Fragen. Bitte die einladende Stelle, einen weiteren zu öffnen.',
  },
})
