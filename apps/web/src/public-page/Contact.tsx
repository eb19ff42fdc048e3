import { Button, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { Output } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Reason } from './Reason.tsx'

type Known = Output<'profile.show'>['contact']

const stale = ['profile.show'] as const

/** Where to report a weakness: the public page and its security.txt. */
export function Contact({ contact }: { contact: Known }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayWrite = useMay('register:write')
  const [isOpen, setIsOpen] = useState(false)
  const removing = useChange('profile.remove_contact', { stale, quiet: true })
  return (
    <section className="section" aria-labelledby="contact">
      <h2 id="contact">{t('public.contact')}</h2>
      {contact === null ? (
        <p className="quiet">{t('public.noContact')}</p>
      ) : (
        <>
          <ul>
            {contact.contacts.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
          <p className="note quiet">{t('public.contactUntil', { day: day(contact.expiresOn, language) })}</p>
        </>
      )}
      {!mayWrite ? null : isOpen ? (
        <SetContact contact={contact} onDone={() => setIsOpen(false)} />
      ) : (
        <>
          <div className="public-deed">
            <Button onClick={() => setIsOpen(true)}>{t('public.changeContact')}</Button>
          </div>
          {contact === null ? null : (
            <Reason
              label={t('public.remove')}
              about={t('public.removeContact')}
              isPending={removing.isPending}
              error={removing.error}
              onReason={(reason) => removing.mutate({ reason })}
            />
          )}
        </>
      )}
    </section>
  )
}

function SetContact({ contact, onDone }: { contact: Known; onDone: () => void }) {
  const { t } = useTranslation()
  const [given, setGiven] = useState({
    contacts: contact?.contacts.join('\n') ?? '',
    encryption: contact?.encryption ?? '',
    policy: contact?.policy ?? '',
    languages: contact?.languages.join(', ') ?? '',
    expiresOn: contact?.expiresOn ?? '',
    reason: '',
  })
  const setting = useChange('profile.set_contact', { stale, quiet: true, onDone })
  const field = (name: Exclude<keyof typeof given, 'contacts'>, type = 'text', required = false) => (
    <TextInput
      label={t(`public.field.${name}`)}
      type={type}
      value={given[name]}
      onChange={(event) => setGiven({ ...given, [name]: event.currentTarget.value })}
      required={required}
      withAsterisk={false}
      maxLength={500}
      autoComplete="off"
    />
  )
  const or = (text: string) => (text.trim() === '' ? null : text.trim())
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        setting.mutate({
          contacts: given.contacts.split(/\s+/).filter((one) => one !== ''),
          encryption: or(given.encryption),
          policy: or(given.policy),
          languages: given.languages.split(/[\s,]+/).filter((one) => one !== ''),
          expiresOn: given.expiresOn,
          reason: given.reason.trim(),
        })
      }}
    >
      <Textarea
        label={t('public.field.contacts')}
        description={t('public.contactsHint')}
        value={given.contacts}
        onChange={(event) => setGiven({ ...given, contacts: event.currentTarget.value })}
        required
        withAsterisk={false}
        autosize
        minRows={2}
      />
      {field('expiresOn', 'date', true)}
      {field('encryption', 'url')}
      {field('policy', 'url')}
      {field('languages')}
      {field('reason', 'text', true)}
      {setting.error ? (
        <p className="refused" role="alert">
          {sentenceOf(setting.error, t)}
        </p>
      ) : null}
      <Button type="submit" loading={setting.isPending}>
        {t('public.saveContact')}
      </Button>
    </form>
  )
}
