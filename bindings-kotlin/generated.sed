# Our compiler's rules are for what we write.
s/^@file:Suppress\(.*/@file:Suppress("warnings")/
# What is generated is nobody's to use.
s/^( *\*\/ ?| *@Throws\([^)]*\) )?(public )?((sealed |data |open |enum |abstract |inline )*(class|interface|object|fun|val|var|typealias) )/\1internal \3/
