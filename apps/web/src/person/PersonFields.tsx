import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { orNull } from './record.ts'

interface Person {
  readonly name: string
  readonly email: string | null
  readonly position: string | null
}

/** Who somebody is, while it is typed. */
interface Typed {
  readonly name: string
  readonly email: string
  readonly position: string
}

/** The fields that say who somebody is, and what was typed in them as it is sent. */
export function usePersonFields(person?: Person) {
  const [typed, setTyped] = useState<Typed>({
    name: person?.name ?? '',
    email: person?.email ?? '',
    position: person?.position ?? '',
  })
  const said: Person = { name: typed.name.trim(), email: orNull(typed.email), position: orNull(typed.position) }
  return { typed, setTyped, said }
}

/** Name, mail address and position of somebody. */
export function PersonFields({
  typed,
  setTyped,
  emailHint,
}: {
  typed: Typed
  setTyped: (typed: Typed) => void
  emailHint: string
}) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput
        label={t('person.name')}
        value={typed.name}
        onChange={(event) => setTyped({ ...typed, name: event.currentTarget.value })}
        required
        withAsterisk={false}
        maxLength={200}
        autoComplete="off"
      />
      <TextInput
        type="email"
        label={t('person.email')}
        description={emailHint}
        value={typed.email}
        onChange={(event) => setTyped({ ...typed, email: event.currentTarget.value })}
        maxLength={254}
        autoComplete="off"
      />
      <TextInput
        label={t('person.position')}
        value={typed.position}
        onChange={(event) => setTyped({ ...typed, position: event.currentTarget.value })}
        maxLength={200}
        autoComplete="off"
      />
    </>
  )
}
