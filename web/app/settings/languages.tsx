import { languages, tongues } from '#/text/languages'

/** The languages of the page, each as its own speakers call it. */
export function LanguageOptions() {
  return languages.map((code) => (
    <option key={code} value={code} lang={code}>
      {tongues[code].name}
    </option>
  ))
}
