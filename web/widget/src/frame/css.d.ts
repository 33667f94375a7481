/** Styles are taken out by the build; importing one has no value. */
declare module '*.css'
