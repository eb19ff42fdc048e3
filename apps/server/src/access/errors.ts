import { defineErrors } from '../kernel/index.ts'

/** What may be refused where tenants are made and people join them. */
export const accessErrors = defineErrors('access', {
  not_operator: {
    status: 403,
    en: 'Only an owner of this installation may manage its tenants.',
    de: 'Nur Inhaberinnen und Inhaber dieser Installation dürfen ihre Mandanten verwalten.',
  },
  not_owner: {
    status: 403,
    en: 'Only an owner of this tenant or of the installation may do this.',
    de: 'Das dürfen nur Inhaberinnen und Inhaber dieses Mandanten oder der Installation.',
  },
  not_member: {
    status: 404,
    en: 'This person is not a member of the tenant.',
    de: 'Diese Person ist kein Mitglied des Mandanten.',
  },
  already_member: {
    status: 409,
    en: 'Somebody with this mail address is a member already. Change the role in the list of members.',
    de: 'Jemand mit dieser E-Mail-Adresse ist schon Mitglied. Die Rolle lässt sich in der Liste der Mitglieder ändern.',
  },
  last_owner: {
    status: 409,
    en: 'A tenant needs an owner. Make somebody else an owner first.',
    de: 'Ein Mandant braucht eine Inhaberin oder einen Inhaber. Bitte zuerst jemand anderen dazu machen.',
  },
  owner_no_more: {
    status: 409,
    en: 'Your own role was changed at this moment. Nothing was done.',
    de: 'Ihre eigene Rolle wurde gerade geändert. Es wurde nichts getan.',
  },
  invitation_invalid: {
    status: 410,
    en: 'This invitation was used already, was withdrawn or has run out. Ask an owner of the tenant for a new one.',
    de: 'Diese Einladung wurde schon benutzt, zurückgezogen oder ist abgelaufen. Bitte eine Inhaberin oder einen Inhaber des Mandanten um eine neue bitten.',
  },
  other_account: {
    status: 403,
    en: 'This invitation is for another mail address than the one you are signed in with. Sign out and open it again.',
    de: 'Diese Einladung gilt für eine andere E-Mail-Adresse als die, mit der Sie angemeldet sind. Bitte abmelden und den Link noch einmal öffnen.',
  },
  account_exists: {
    status: 409,
    en: 'There is already an account with this mail address. Sign in with it, then open this invitation again.',
    de: 'Zu dieser E-Mail-Adresse gibt es schon ein Konto. Bitte damit anmelden und diese Einladung noch einmal öffnen.',
  },
  beyond_role: {
    status: 403,
    en: 'Your role in this tenant does not carry all of these permissions, so a token of yours cannot either.',
    de: 'Ihre Rolle in diesem Mandanten umfasst nicht alle diese Rechte, also auch kein Token von Ihnen.',
  },
  token_unknown: {
    status: 404,
    en: 'There is no such token, or it was revoked already.',
    de: 'Dieses Token gibt es nicht, oder es wurde schon widerrufen.',
  },
  factor_first: {
    status: 409,
    en: 'Add a second factor to your own account first, and confirm with it: otherwise this would shut you out.',
    de: 'Bitte zuerst dem eigenen Konto einen zweiten Faktor hinzufügen und damit bestätigen: Sonst würde Sie das aussperren.',
  },
  no_operator: {
    status: 404,
    en: 'This account does not run the installation. Choose one of the operators in the list.',
    de: 'Dieses Konto betreibt die Installation nicht. Bitte jemanden aus der Liste der Betreiber wählen.',
  },
  grant_open: {
    status: 409,
    en: 'There is an open request or a running access of this operator already. End it first.',
    de: 'Es gibt schon eine offene Anfrage oder einen laufenden Zugang dieses Betreibers. Bitte zuerst beenden.',
  },
  no_grant: {
    status: 404,
    en: 'There is no such request or access, or it has ended already.',
    de: 'Diese Anfrage oder diesen Zugang gibt es nicht, oder er ist schon beendet.',
  },
})
