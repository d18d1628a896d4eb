/** A JSON value. Documents hold nothing else, so that one format serves file, clipboard, URL and wire. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}
