import { defineErrors } from '../kernel/index.ts'

/** What the result of a drill may be refused for. */
export const drillErrors = defineErrors('drill', {
  unknown: {
    status: 404,
    en: 'No drill of this name is connected. Connect it first: Systems, restore drill, with the name that stands in the plan.',
    de: 'Unter diesem Namen ist keine Übung verbunden. Bitte zuerst verbinden: Systeme, Wiederherstellungsübung, mit dem Namen aus dem Plan.',
  },
  contradicts_itself: {
    status: 422,
    en: 'What was sent contradicts itself ({place}). art32 drill run sends nothing of that kind.',
    de: 'Das Gesendete widerspricht sich ({place}). art32 drill run sendet nichts dergleichen.',
  },
  not_newer: {
    status: 409,
    en: 'A result of this drill of {at} or later was received before. Run the drill again.',
    de: 'Ein Ergebnis dieser Übung vom {at} oder später liegt schon vor. Bitte die Übung erneut ausführen.',
  },
  clock_ahead: {
    status: 409,
    en: 'The clock of the machine of the drill is {minutes} minutes ahead of the one of art32. Set it and run the drill again.',
    de: 'Die Uhr des Rechners der Übung geht der von art32 {minutes} Minuten vor. Bitte stellen und die Übung erneut ausführen.',
  },
  too_old: {
    status: 409,
    en: 'This drill was {days} days ago, or the clock of its machine is behind. Run it again.',
    de: 'Diese Übung liegt {days} Tage zurück, oder die Uhr ihres Rechners geht nach. Bitte erneut ausführen.',
  },
  paused: {
    status: 409,
    en: 'Results of this drill are not taken while it is paused.',
    de: 'Solange diese Übung pausiert, werden ihre Ergebnisse nicht angenommen.',
  },
})
