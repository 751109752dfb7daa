import { isObject, type Json, type JsonObject } from '@accord/proto/canonical';

/** A schema with the descriptions that another schema of the same form has at the same places. */
export function describeSchema(schema: JsonObject, described: Json | undefined): JsonObject {
  if (!isObject(described)) return schema;
  const { description, properties, items, additionalProperties } = described;
  const members = isObject(properties) ? properties : {};
  return {
    ...(typeof description === 'string' && { description }),
    ...schema,
    ...(isObject(schema['properties']) && {
      properties: Object.fromEntries(Object.entries(schema['properties']).map(([name, member]) => [name, inside(member, members[name])])),
    }),
    ...(schema['items'] !== undefined && { items: inside(schema['items'], items) }),
    ...(schema['additionalProperties'] !== undefined && {
      additionalProperties: inside(schema['additionalProperties'], additionalProperties),
    }),
  };
}

function inside(schema: Json, described: Json | undefined): Json {
  return isObject(schema) ? describeSchema(schema, described) : schema;
}
