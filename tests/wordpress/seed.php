<?php
// Installs the WordPress for tests and fills it as docs/wordpress-for-tests.md says.
define('WP_INSTALLING', true);
function wp_new_blog_notification() {}
require getenv('DATELINE_WP_STATE') . '/site/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Harbour & "Post"', 'admin', 'admin@example.org', true, '', 'not a secret');
wp_cache_flush();
foreach ([
    'timezone_string' => 'Europe/Berlin',
    'permalink_structure' => '/%year%/%monthnum%/%postname%/',
    'comment_moderation' => '0',
    'comment_previously_approved' => '0',
    'comment_whitelist' => '0',
    'require_name_email' => '1',
    'default_comment_status' => 'open',
] as $name => $value) {
    update_option($name, $value);
}
$category = fn ($name, $slug, $parent = 0) => wp_insert_term($name, 'category', compact('slug', 'parent'))['term_id'];
$world = $category('World', 'world');
$europe = $category('Europe & Asia', 'europe', $world);
$deep = $category('Deep', 'deep', $europe);
$sections = [$world, $europe, $deep, $category('Sport', 'sport')];
$write = fn ($fields) => wp_insert_post($fields + ['post_status' => 'publish', 'post_type' => 'post', 'comment_status' => 'open']);
$say = fn ($story, $author, $text, $parent = 0, $at = '2025-03-01 10:00:00') => wp_insert_comment([
    'comment_post_ID' => $story, 'comment_author' => $author, 'comment_author_email' => strtolower($author) . '@example.org',
    'comment_content' => $text, 'comment_parent' => $parent, 'comment_approved' => 1, 'comment_date_gmt' => $at, 'comment_date' => $at,
]);
$stories = [];
for ($n = 1; $n <= 130; $n++) {
    $date = gmdate('Y-m-d H:i:s', gmmktime(8, 0, 0, 2, 1, 2025) + 3600 * $n);
    $stories[$n] = $write([
        'post_title' => "Story $n: Q&A <em>x</em>",
        'post_content' => "<!-- wp:paragraph --><p>The words of story $n.</p><!-- /wp:paragraph -->",
        'post_date_gmt' => $date, 'post_date' => get_date_from_gmt($date), 'post_author' => 1,
        'post_category' => [$sections[$n % 4]], 'tags_input' => ['Tag ' . $n % 7],
    ]);
}
wp_update_post(['ID' => 1, 'post_date_gmt' => '2024-01-01 00:00:00', 'post_date' => '2024-01-01 01:00:00', 'edit_date' => true]);
stick_post($write(['post_title' => 'Old sticky', 'post_content' => '<p>Old and stuck.</p>', 'post_date' => '2020-01-01 12:00:00', 'post_author' => 0]));
$write(['post_title' => 'Locked', 'post_content' => '<p>secret words</p>', 'post_password' => 'sesame', 'post_date' => '2024-06-01 12:00:00', 'post_author' => 0]);
$write(['post_title' => 'Contact', 'post_name' => 'contact', 'post_type' => 'page', 'post_content' => '<p>Write to us.</p>']);
$first = $say($stories[130], 'Ann', 'First thing.');
$say($stories[130], 'Bo', 'A reply.', $first);
// A thread of more than one page (100), so that the order across pages shows.
for ($n = 1; $n <= 120; $n++) {
    $say($stories[100], 'Reader', "Number $n", 0, gmdate('Y-m-d H:i:s', gmmktime(8, $n, 0, 3, 2, 2025)));
}
wp_update_post(['ID' => $stories[99], 'comment_status' => 'closed']);
flush_rewrite_rules();
