import { AppError, defineErrors } from '../../kernel/index.ts'

/** What an object store may be refused for, or refuse. None of them carries what the store wrote beside its code. */
export const objectErrors = defineErrors('objects', {
  bad_endpoint: {
    status: 400,
    en: 'The address of the object store is not an https address with a host and nothing behind its path.',
    de: 'Die Adresse des Objektspeichers ist keine https-Adresse mit einem Host und nichts hinter ihrem Pfad.',
  },
  not_allowed: {
    status: 400,
    en: 'This installation may not connect to the address of the object store: it leads to the machine itself or its link.',
    de: 'Diese Installation darf sich mit der Adresse des Objektspeichers nicht verbinden: Sie führt zur Maschine selbst oder ihrem Netzabschnitt.',
  },
  unreachable: {
    status: 502,
    en: 'The object store cannot be reached. Check its address, its certificate and the network.',
    de: 'Der Objektspeicher ist nicht erreichbar. Bitte Adresse, Zertifikat und Netz prüfen.',
  },
  silent: {
    status: 504,
    en: 'The object store does not answer.',
    de: 'Der Objektspeicher antwortet nicht.',
  },
  throttled: {
    status: 503,
    en: 'The object store asks to slow down. Try again later.',
    de: 'Der Objektspeicher bittet um weniger Anfragen. Bitte später nochmals versuchen.',
  },
  failing: {
    status: 502,
    en: 'The object store has a fault of its own (status {status}).',
    de: 'Der Objektspeicher hat selbst eine Störung (Status {status}).',
  },
  wrong_key: {
    status: 400,
    en: 'The object store does not accept the access key. Check its id and its secret, and whether it was revoked.',
    de: 'Der Objektspeicher nimmt den Zugriffsschlüssel nicht an. Bitte ID und Geheimnis prüfen, und ob er widerrufen wurde.',
  },
  denied: {
    status: 400,
    en: 'The access key may not do this in the bucket. It needs the rights to list, read, write and abort uploads.',
    de: 'Der Zugriffsschlüssel darf das in diesem Bucket nicht. Er braucht die Rechte aufzulisten, zu lesen, zu schreiben und Uploads abzubrechen.',
  },
  no_bucket: {
    status: 400,
    en: 'The object store has no such bucket.',
    de: 'Der Objektspeicher hat keinen solchen Bucket.',
  },
  other_region: {
    status: 400,
    en: 'The bucket is in another region ({region}). Enter that region, and its address.',
    de: 'Der Bucket liegt in einer anderen Region ({region}). Bitte diese Region eintragen, und ihre Adresse.',
  },
  clock: {
    status: 502,
    en: 'The clock of this machine and that of the object store differ too much.',
    de: 'Die Uhr dieser Maschine und die des Objektspeichers weichen zu weit voneinander ab.',
  },
  missing: {
    status: 404,
    en: 'The object is not there.',
    de: 'Das Objekt ist nicht da.',
  },
  changed: {
    status: 409,
    en: 'The object was changed while it was read.',
    de: 'Das Objekt wurde geändert, während es gelesen wurde.',
  },
  damaged: {
    status: 502,
    en: 'What came from the object store, or what it kept, is not what was sent: the checksum differs.',
    de: 'Was vom Objektspeicher kam oder was er behielt, ist nicht das Gesendete: Die Prüfsumme weicht ab.',
  },
  unreadable: {
    status: 502,
    en: 'The object store answers in a form that this kind of storage does not have.',
    de: 'Der Objektspeicher antwortet in einer Form, die diese Art von Speicher nicht hat.',
  },
  too_large: {
    status: 413,
    en: 'The object is larger than an object store takes in ten thousand parts.',
    de: 'Das Objekt ist größer, als ein Objektspeicher in zehntausend Teilen annimmt.',
  },
  refused: {
    status: 502,
    en: 'The object store refuses ({code}, status {status}).',
    de: 'Der Objektspeicher lehnt ab ({code}, Status {status}).',
  },
})

/** All of them, for operations that ask a store. */
export const allObjectErrors = Object.values(objectErrors)

const passing: ReadonlySet<string> = new Set(
  [objectErrors.unreachable, objectErrors.silent, objectErrors.throttled, objectErrors.failing].map(
    ({ definition }) => definition.code,
  ),
)

/** Whether the same may succeed a little later. */
export const isPassing = (error: unknown): error is AppError => error instanceof AppError && passing.has(error.code)

/** Whether it is this refusal. */
export const isObjectError = (error: unknown, kind: keyof typeof objectErrors): boolean =>
  error instanceof AppError && error.code === objectErrors[kind].definition.code
