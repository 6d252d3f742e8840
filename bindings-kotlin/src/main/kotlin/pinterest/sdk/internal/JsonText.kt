package pinterest.sdk.internal

import pinterest.sdk.InvalidInputException
import pinterest.sdk.Outcome
import pinterest.sdk.PinterestException
import java.math.BigDecimal
import java.math.BigInteger
import java.util.IdentityHashMap

/** Deeper ones are refused: the core reads no more. */
private const val DEEPEST = 100

/** Below it a character is written by its number (RFC 8259 section 7). */
private const val FIRST_PLAIN = ' '

/**
 * Writes what a program made of maps, lists and values as JSON.
 *
 * @throws InvalidInputException naming the place of what JSON has not.
 */
internal fun jsonText(value: Any?, name: String): String = JsonWriter().apply { write(value, name) }.text()

private class JsonWriter {
    private val out = StringBuilder()
    private val above = IdentityHashMap<Any, Unit>()

    fun text(): String = out.toString()

    fun write(value: Any?, place: String) {
        when (value) {
            null, is Boolean, is Byte, is Short, is Int, is Long, is BigInteger, is BigDecimal -> out.append(value)

            is Double, is Float -> {
                if (!(value as Number).toDouble().isFinite()) refuse(place, "is $value, which JSON has not")
                out.append(value)
            }

            is String -> quote(value)

            is Map<*, *> -> within(value, place) { fields(value, place) }

            is Iterable<*> -> within(value, place) { items(value.iterator(), place) }

            is Array<*> -> within(value, place) { items(value.iterator(), place) }

            is IntArray -> items(value.iterator(), place)

            is LongArray -> items(value.iterator(), place)

            is DoubleArray -> items(value.iterator(), place)

            else -> refuse(
                place,
                "is of the class ${value.javaClass.name}; JSON has texts, numbers, booleans, lists and maps of these",
            )
        }
    }

    private fun fields(map: Map<*, *>, place: String) {
        out.append('{')
        var separator = ""
        for ((key, value) in map) {
            if (key !is String) refuse(place, "has a key that is not a text")
            out.append(separator)
            quote(key)
            out.append(':')
            write(value, "$place.$key")
            separator = ","
        }
        out.append('}')
    }

    private fun items(items: Iterator<*>, place: String) {
        out.append('[')
        for ((number, item) in items.withIndex()) {
            if (number > 0) out.append(',')
            write(item, "$place[$number]")
        }
        out.append(']')
    }

    private inline fun within(holder: Any, place: String, write: () -> Unit) {
        if (holder in above) refuse(place, "holds itself")
        if (above.size == DEEPEST) refuse(place, "is nested more than $DEEPEST deep")
        above[holder] = Unit
        write()
        above.remove(holder)
    }

    private fun quote(text: String) {
        out.append('"')
        for (character in text) {
            when {
                character == '"' || character == '\\' -> out.append('\\').append(character)
                character < FIRST_PLAIN -> out.append("\\u%04x".format(character.code))
                else -> out.append(character)
            }
        }
        out.append('"')
    }
}

private fun refuse(place: String, what: String): Nothing =
    throw InvalidInputException(PinterestException.Facts("`$place` $what; nothing was sent", Outcome.NOT_SENT))
